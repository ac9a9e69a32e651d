package org.vexor.masque.http;

/// Answers requests, on each stream's event loop.
@FunctionalInterface
public interface RequestHandler {
  /// A request came; it is to be answered by [ServerStream#respond], now or later.
  ///
  /// @return who is told of the stream from now on
  StreamListener request(ServerStream stream, RequestHead head);
}
