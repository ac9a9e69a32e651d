package org.vexor.quic;

import java.nio.ByteBuffer;

/// Takes what arrives on a stream. Called on the connection's event loop, never twice at a time.
public interface StreamReceiver {
  /// Receives nothing: of a stream that only sends.
  StreamReceiver NOTHING = (_, _) -> {};

  /// The next bytes, in order. `chunk` is lent until this returns.
  void data(QuicStream stream, ByteBuffer chunk);

  /// The peer sent all it had.
  default void finished(QuicStream stream) {}

  /// The peer gave the stream up; what is missing will not come.
  default void reset(QuicStream stream, long code) {}

  /// There is room again after [QuicStream#write] said there was none.
  default void writable(QuicStream stream) {}

  /// The stream is gone, whichever way; the last call.
  default void closed(QuicStream stream) {}
}
