package org.vexor.masque.http;

import io.netty.buffer.ByteBuf;

/// Is told what the other side does on a request. On the stream's event loop.
public interface StreamListener {
  /// The next bytes of the body; lent until this returns.
  void data(ByteBuf bytes);

  /// All bytes that came in together have been handed over: the time to flush.
  default void dataRead() {}

  /// The other side sent all it had.
  void finished();

  /// The other side gave the stream up, with a code of its HTTP version.
  void aborted(long code);

  /// There is room again after [RequestStream#isWritable] said there was none.
  default void writable() {}

  /// The largest datagram is another one now.
  default void maxDatagramChanged() {}

  /// The stream is gone, whichever way; the last call, always made.
  void closed();
}
