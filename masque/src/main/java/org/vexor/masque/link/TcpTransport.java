package org.vexor.masque.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFactory;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.socket.nio.NioSocketChannel;

/// What carries TCP connections. The caller owns the event loops.
///
/// @param channels makes socket channels for those loops
public record TcpTransport(EventLoopGroup loops, ChannelFactory<? extends Channel> channels) {
  /// Java's own sockets.
  ///
  /// @param loops of [io.netty.channel.nio.NioIoHandler]
  public static TcpTransport nio(EventLoopGroup loops) {
    return new TcpTransport(loops, NioSocketChannel::new);
  }
}
