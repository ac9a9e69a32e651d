package org.vexor.bench.http3;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http3.DefaultHttp3HeadersFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.http3.Http3DataFrame;
import io.netty.handler.codec.http3.Http3HeadersFrame;
import io.netty.handler.codec.http3.Http3RequestStreamInboundHandler;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;

/// A download, and whether its bytes have the digest that the server names.
final class Fetch extends Http3RequestStreamInboundHandler {
  private final String transport;
  private final Exchange exchange = new Exchange();
  private final MessageDigest digest = Content.sha256();
  private final CompletableFuture<Boolean> equal = new CompletableFuture<>();
  private String named = "";
  private long received;

  private Fetch(String transport) {
    this.transport = transport;
  }

  /// Downloads so many bytes and prints how that went.
  ///
  /// @return whether they are those that the server named
  static boolean run(QuicChannel connection, String transport, String host, long bytes)
      throws Exception {
    var fetch = new Fetch(transport);
    QuicStreamChannel stream = Http3.newRequestStream(connection, fetch).sync().getNow();
    var request = new DefaultHttp3HeadersFrame();
    request.headers().method("GET").scheme("https").authority(host).path("/" + bytes);
    stream.writeAndFlush(request).addListener(QuicStreamChannel.SHUTDOWN_OUTPUT).sync();
    return fetch.equal.get();
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3HeadersFrame answer) {
    named = String.valueOf(answer.headers().get(FileServer.DIGEST));
  }

  @Override
  protected void channelRead(ChannelHandlerContext context, Http3DataFrame data) {
    try {
      received += data.content().readableBytes();
      digest.update(data.content().nioBuffer());
    } finally {
      boolean _ = data.release();
    }
  }

  @Override
  protected void channelInputClosed(ChannelHandlerContext context) {
    String own = "sha-256=:" + Base64.getEncoder().encodeToString(digest.digest()) + ":";
    exchange.print("client", "download", transport, received, own.equals(named));
    equal.complete(own.equals(named));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    equal.completeExceptionally(new IllegalStateException("closed after " + received + " bytes"));
    context.fireChannelInactive();
  }
}
