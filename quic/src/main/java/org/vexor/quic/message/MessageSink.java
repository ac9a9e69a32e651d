package org.vexor.quic.message;

import java.nio.ByteBuffer;

/// Takes the messages of one connection, on its event loop.
public interface MessageSink {
  /// Why a stream gave no message.
  enum Refusal {
    /// It ended without a byte.
    EMPTY,

    /// It has more bytes than are taken.
    TOO_LARGE,

    /// The peer gave it up.
    RESET,

    /// The rest did not come in time.
    TOO_SLOW
  }

  /// How many streams may be read now; what is more stays with the peer's credit.
  int allowance();

  /// All of a stream; lent until this returns.
  void message(ByteBuffer bytes);

  /// A stream gives nothing.
  void refused(Refusal why);
}
