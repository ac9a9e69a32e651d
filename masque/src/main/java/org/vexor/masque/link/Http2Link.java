package org.vexor.masque.link;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http2.Http2Connection;

/// A link over HTTP/2.
final class Http2Link implements ProxyLink {
  private final Http2Connection connection;
  private final CompletableFuture<String> closed = new CompletableFuture<>();

  Http2Link(Http2Connection connection) {
    this.connection = connection;
  }

  /// Begins to watch how it ends.
  Http2Link watch() {
    connection
        .channel()
        .closeFuture()
        .addListener(_ -> closed.complete("the connection was closed"));
    var _ =
        connection.goAway().thenAccept(_ -> closed.complete("the proxy takes no more requests"));
    return this;
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_2;
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
    connection.ping();
    return Math.max(0, nowNs - connection.lastReceivedNs());
  }

  @Override
  public void close(String why) {
    closed.complete(why);
    connection.close();
  }

  @Override
  public String toString() {
    return "HTTP/2 to " + connection.channel().remoteAddress();
  }
}
