package org.vexor.bench.http3;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3DataFrame;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicStreamChannel;
import io.netty.util.ReferenceCountUtil;
import java.util.Optional;

/// Answers `GET /N` with N bytes and their digest (RFC 9530).
final class FileServer extends Http3RequestStreamInboundHandler {
  static final String DIGEST = "repr-digest";

  private static final int CHUNK_BYTES = 65_536;

  private final Content content;
  private final String transport;
  private Optional<Exchange> exchange = Optional.empty();
  private long length;
  private long sent;

  FileServer(Content content, String transport) {
    this.content = content;
    this.transport = transport;
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame request) {
    length = Long.parseLong(request.headers().path().toString().substring(1));
    var answer = new DefaultHttp3HeadersFrame();
    answer.headers().status("200").setLong("content-length", length);
    answer.headers().set(DIGEST, "sha-256=:" + content.digest(length) + ":");
    var _ = context.write(answer);
    exchange = Optional.of(new Exchange());
    pump(context);
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3DataFrame ignored) {
    boolean _ = ReferenceCountUtil.release(ignored);
  }

  @Override
  protected void channelInputClosed(ChannelHandlerContext context) {
    // The request is whole with its headers.
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    pump(context);
    context.fireChannelWritabilityChanged();
  }

  private void pump(ChannelHandlerContext context) {
    while (sent < length && context.channel().isWritable()) {
      var part = content.at(sent, (int) Math.min(CHUNK_BYTES, length - sent));
      sent += part.readableBytes();
      ChannelFuture written = context.writeAndFlush(new DefaultHttp3DataFrame(part));
      if (sent == length) {
        written.addListener(QuicStreamChannel.SHUTDOWN_OUTPUT);
        written.addListener(
            future ->
                exchange
                    .orElseThrow()
                    .print("server", "download", transport, length, future.isSuccess()));
      }
    }
  }
}
