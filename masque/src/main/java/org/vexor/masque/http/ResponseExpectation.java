package org.vexor.masque.http;

import java.util.Optional;

/// A request whose response is due: sees to it that its [ResponseHandler] is told exactly one
/// thing. On the stream's event loop.
public final class ResponseExpectation {
  private final ResponseHandler handler;
  private boolean over;

  public ResponseExpectation(ResponseHandler handler) {
    this.handler = handler;
  }

  /// A header section came.
  ///
  /// @param head empty when it is no response
  /// @return who listens from now on; empty while nobody does
  public Optional<StreamListener> received(RequestStream stream, Optional<ResponseHead> head) {
    if (over || head.filter(ResponseHead::isInterim).isPresent()) {
      return Optional.empty();
    }
    over = true;
    if (head.isEmpty()) {
      stream.abort(StreamError.MESSAGE);
      handler.failed(
          new RequestFailure(RequestFailure.Kind.MALFORMED, 0, "a response without a status"));
      return Optional.empty();
    }
    return Optional.of(handler.response(stream, head.get()));
  }

  /// There will be no response.
  public void ended(RequestStream stream, RequestFailure.Kind kind, long code, String how) {
    if (!over) {
      over = true;
      stream.abort(StreamError.CANCELLED);
      handler.failed(new RequestFailure(kind, code, "no response: " + how));
    }
  }
}
