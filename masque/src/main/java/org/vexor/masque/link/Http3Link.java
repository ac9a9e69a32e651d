package org.vexor.masque.link;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http3.DefaultHttp3UnknownFrame;
import io.netty.handler.codec.http3.Http3;
import io.netty.handler.codec.quic.QuicChannel;
import io.netty.handler.codec.quic.QuicStreamChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http3.Http3Connection;

/// A link over HTTP/3.
final class Http3Link implements ProxyLink {
  /// A frame type that means nothing and has to be skipped (RFC 9114 §7.2.8): on the control stream
  /// it touches no request, and QUIC has to acknowledge it. Netty offers no PING, and of the
  /// reserved types it writes those from 0x40 on.
  private static final long RESERVED_FRAME = 0x1f + 0x21;

  private final Http3Connection connection;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private volatile long packetsReceived;
  private volatile long receivedNs = System.nanoTime();

  Http3Link(Http3Connection connection) {
    this.connection = connection;
  }

  /// Begins to watch how it ends.
  Http3Link watch() {
    var _ = connection.quic().closed().thenAccept(reason -> closed.complete(reason.toString()));
    var _ =
        connection.goAway().thenAccept(_ -> closed.complete("the proxy takes no more requests"));
    return this;
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_3;
  }

  @Override
  public void request(RequestHead head, ResponseHandler handler) {
    connection.request(head, handler);
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.minimalCompletionStage();
  }

  @Override
  public long probe(long nowNs) {
    var _ =
        connection
            .quic()
            .statistics()
            .thenAccept(
                now -> {
                  if (now.packetsReceived() != packetsReceived) {
                    packetsReceived = now.packetsReceived();
                    receivedNs = System.nanoTime();
                  }
                });
    QuicChannel channel = connection.quic().channel();
    channel.eventLoop().execute(() -> ping(channel));
    return Math.max(0, nowNs - receivedNs);
  }

  private static void ping(QuicChannel channel) {
    QuicStreamChannel control = Http3.getLocalControlStream(channel);
    if (control != null && control.isActive()) {
      var _ =
          control.writeAndFlush(
              new DefaultHttp3UnknownFrame(RESERVED_FRAME, Unpooled.EMPTY_BUFFER));
    }
  }

  @Override
  public void close(String why) {
    closed.complete(why);
    connection.close();
  }

  @Override
  public String toString() {
    return "HTTP/3 to " + connection.quic().remoteAddress();
  }
}
