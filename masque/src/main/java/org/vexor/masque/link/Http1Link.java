package org.vexor.masque.link;

import io.netty.channel.Channel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.http1.Http1Connection;

/// A link over HTTP/1.1, where each request has a connection of its own: the first one is there
/// already, the others are dialled. It is over when a dial fails.
final class Http1Link implements ProxyLink {
  private final Supplier<CompletionStage<Channel>> dials;
  private final AtomicReference<@Nullable Channel> unused;
  private final CompletableFuture<String> closed = new CompletableFuture<>();

  /// @param first its handshake is done, and nothing was sent yet
  Http1Link(Channel first, Supplier<CompletionStage<Channel>> dials) {
    this.dials = dials;
    this.unused = new AtomicReference<>(first);
  }

  @Override
  public HttpVersion version() {
    return HttpVersion.HTTP_1_1;
  }

  @Override
  public void request(RequestHead head, ResponseHandler handler) {
    Channel first = unused.getAndSet(null);
    if (first != null && first.isActive()) {
      send(first, head, handler);
      return;
    }
    var _ =
        dials
            .get()
            .whenComplete(
                (channel, failure) -> {
                  if (failure == null) {
                    send(channel, head, handler);
                  } else {
                    String why = DialException.reason(failure);
                    closed.complete(why);
                    handler.failed(new RequestFailure(RequestFailure.Kind.CONNECTION, 0, why));
                  }
                });
  }

  private static void send(Channel channel, RequestHead head, ResponseHandler handler) {
    channel.eventLoop().execute(() -> Http1Connection.request(channel, head, handler));
  }

  @Override
  public CompletionStage<String> closed() {
    return closed.minimalCompletionStage();
  }

  /// Each tunnel's own connection shows whether it lives.
  @Override
  public long probe(long nowNs) {
    return 0;
  }

  @Override
  public void close(String why) {
    closed.complete(why);
    Channel first = unused.getAndSet(null);
    if (first != null) {
      var _ = first.close();
    }
  }

  @Override
  public String toString() {
    return "HTTP/1.1";
  }
}
