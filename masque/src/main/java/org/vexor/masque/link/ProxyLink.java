package org.vexor.masque.link;

import java.util.concurrent.CompletionStage;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;

/// A connection to a proxy. Any thread.
public interface ProxyLink {
  HttpVersion version();

  /// Sends a request; the handler is told on the stream's event loop.
  void request(RequestHead head, ResponseHandler handler);

  /// Done when it is over, or takes no more requests; with the reason.
  CompletionStage<String> closed();

  /// Makes the proxy answer, so that a dead one shows, and says since when nothing came.
  ///
  /// @param nowNs of `System.nanoTime`
  /// @return nanoseconds since something was received last
  long probe(long nowNs);

  /// Ends it, and its streams with it.
  void close(String why);
}
