package org.vexor.bench.http3;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicStreamChannel;

/// Sends a stream back as it comes, and ends it where it ended.
final class StreamEcho extends ChannelInboundHandlerAdapter {
  private final String transport;
  private final Exchange exchange = new Exchange();
  private long bytes;

  StreamEcho(String transport) {
    this.transport = transport;
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    bytes += ((ByteBuf) message).readableBytes();
    var _ = context.write(message);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    context.flush();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownReadComplete) {
      context
          .writeAndFlush(Unpooled.EMPTY_BUFFER)
          .addListener(QuicStreamChannel.SHUTDOWN_OUTPUT)
          .addListener(
              future -> exchange.print("server", "echo", transport, bytes, future.isSuccess()));
    }
    context.fireUserEventTriggered(event);
  }
}
