package org.vexor.masque.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.quic.silence.SilenceTimes;

/// A link over HTTP/3.
final class Http3Link implements ProxyLink {
  /// A proxy that was killed is known by its closed port, where that is told; other silence is
  /// judged by [#probe], sooner.
  private static final SilenceTimes SILENCE = SilenceTimes.lostAfter(Duration.ofSeconds(10));

  private final Http3Connection connection;
  private final CompletableFuture<String> closed = new CompletableFuture<>();
  private volatile long packetsReceived;
  private volatile long receivedNs = System.nanoTime();

  Http3Link(Http3Connection connection) {
    this.connection = connection;
  }

  /// Begins to watch how it ends.
  Http3Link watch() {
    var _ = connection.quic().execute(() -> connection.watchSilence(SILENCE));
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
    connection.ping();
    return Math.max(0, nowNs - receivedNs);
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
