package org.vexor.masque.http3;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.vexor.masque.datagram.DatagramFate;
import org.vexor.masque.datagram.DatagramRegistry;
import org.vexor.quic.QuicConnection;

/// Behind Netty's HTTP/3 handler on a connection: takes the QUIC DATAGRAMs out.
final class DatagramHandler extends ChannelInboundHandlerAdapter {
  private final Http3Connection connection;
  private final DatagramRegistry registry;

  DatagramHandler(Http3Connection connection, DatagramRegistry registry) {
    this.connection = connection;
    this.registry = registry;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (!(message instanceof ByteBuf datagram)) {
      // A stream, which Netty registers at the end of the pipeline.
      context.fireChannelRead(message);
      return;
    }
    try {
      if (registry.receive(datagram) == DatagramFate.MALFORMED) {
        connection
            .quic()
            .close(Http3Connection.DATAGRAM_ERROR, "a datagram without a quarter stream id");
      }
    } finally {
      datagram.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    registry.readComplete();
    context.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof QuicConnection.PathChanged) {
      connection.maxDatagramChanged();
    }
    context.fireUserEventTriggered(event);
  }
}
