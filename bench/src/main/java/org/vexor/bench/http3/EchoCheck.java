package org.vexor.bench.http3;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownReadComplete;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.handler.codec.quic.QuicStreamType;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/// Sends a stream, and looks whether the same comes back.
final class EchoCheck extends ChannelInboundHandlerAdapter {
  private static final int CHUNK_BYTES = 65_536;

  /// What may be sent and not back yet, so that the server holds no more.
  private static final int AHEAD_BYTES = 1 << 20;

  private final Content content;
  private final String transport;
  private final long length;
  private final String wanted;
  private final Exchange exchange;
  private final MessageDigest digest = Content.sha256();
  private final CompletableFuture<Boolean> equal = new CompletableFuture<>();
  private long sent;
  private long received;

  private EchoCheck(Content content, String transport, long length) {
    this.content = content;
    this.transport = transport;
    this.length = length;
    wanted = content.digest(length);
    exchange = new Exchange();
  }

  /// Sends so many bytes and prints how that went.
  ///
  /// @return whether they came back
  static boolean run(QuicChannel connection, Content content, String transport, long length)
      throws Exception {
    var check = new EchoCheck(content, transport, length);
    connection.createStream(QuicStreamType.BIDIRECTIONAL, check).sync();
    return check.equal.get();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    pump(context);
    context.fireChannelActive();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    pump(context);
    context.fireChannelWritabilityChanged();
  }

  private void pump(ChannelHandlerContext context) {
    while (sent < length && sent - received < AHEAD_BYTES && context.channel().isWritable()) {
      ByteBuf part = content.at(sent, (int) Math.min(CHUNK_BYTES, length - sent));
      sent += part.readableBytes();
      ChannelFuture written = context.writeAndFlush(part);
      if (sent == length) {
        written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
      }
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    var part = (ByteBuf) message;
    received += part.readableBytes();
    digest.update(part.nioBuffer());
    boolean _ = part.release();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    pump(context);
    context.fireChannelReadComplete();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof ChannelInputShutdownReadComplete) {
      boolean same = wanted.equals(Base64.getEncoder().encodeToString(digest.digest()));
      exchange.print("client", "echo", transport, received, same);
      equal.complete(same);
    }
    context.fireUserEventTriggered(event);
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    equal.completeExceptionally(new IllegalStateException("closed after " + received + " bytes"));
    context.fireChannelInactive();
  }
}
