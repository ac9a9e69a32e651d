package org.vexor.masque.http3;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.vexor.masque.datagram.DatagramFate;
import org.vexor.masque.datagram.DatagramRegistry;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.direct.DatagramSink;

/// Takes the QUIC DATAGRAMs of a connection, and hears of its path behind Netty's HTTP/3 handler.
final class DatagramHandler extends ChannelInboundHandlerAdapter implements DatagramSink {
  private final Http3Connection connection;
  private final DatagramRegistry registry;

  DatagramHandler(Http3Connection connection, DatagramRegistry registry) {
    this.connection = connection;
    this.registry = registry;
  }

  @Override
  public void datagram(ByteBuf payload) {
    if (registry.receive(payload) == DatagramFate.MALFORMED) {
      connection
          .quic()
          .close(Http3Connection.DATAGRAM_ERROR, "a datagram without a quarter stream id");
    }
  }

  @Override
  public void datagramsRead() {
    registry.readComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof QuicConnection.PathChanged) {
      connection.maxDatagramChanged();
    }
    context.fireUserEventTriggered(event);
  }
}
