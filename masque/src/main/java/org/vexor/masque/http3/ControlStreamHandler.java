package org.vexor.masque.http3;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http3.Http3GoAwayFrame;
import io.netty.handler.codec.http3.Http3SettingsFrame;
import io.netty.util.ReferenceCountUtil;

/// Last on the peer's control stream.
final class ControlStreamHandler extends ChannelInboundHandlerAdapter {
  private static final System.Logger LOG = System.getLogger(ControlStreamHandler.class.getName());

  private final Http3Connection connection;

  ControlStreamHandler(Http3Connection connection) {
    this.connection = connection;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object frame) {
    try {
      switch (frame) {
        case Http3SettingsFrame settings ->
            connection.settingsReceived(PeerSettings.of(settings.settings()));
        case Http3GoAwayFrame goAway -> connection.goAwayReceived(goAway.id());
        default -> {
          // Nothing that concerns tunnels.
        }
      }
    } finally {
      ReferenceCountUtil.release(frame);
    }
  }

  /// Netty's parser throws this for a value that a setting cannot have, and leaves the connection
  /// open and itself out of step.
  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause.getCause() instanceof IllegalArgumentException) {
      connection.quic().close(Http3Connection.SETTINGS_ERROR, "a setting has an impossible value");
    } else {
      LOG.log(System.Logger.Level.DEBUG, () -> "control stream of " + connection.quic(), cause);
    }
  }
}
