package org.vexor.masque.http;

/// Is told what came of a request; exactly one of the two, on the stream's event loop.
public interface ResponseHandler {
  /// The final response came.
  ///
  /// @return who is told of the stream from now on
  StreamListener response(RequestStream stream, ResponseHead head);

  /// No response came, and none will.
  void failed(RequestFailure failure);
}
