package org.vexor.masque.capsule;

/// Numbers of capsule types.
public final class CapsuleType {
  /// An HTTP datagram, where QUIC's cannot be used (RFC 9297 §3.5).
  public static final long DATAGRAM = 0x00;

  private static final long RESERVED_STEP = 0x29;
  private static final long RESERVED_FIRST = 0x17;

  private CapsuleType() {}

  /// The nth of those that mean nothing and are there to be ignored (RFC 9297 §5.4).
  public static long reserved(long n) {
    return RESERVED_STEP * n + RESERVED_FIRST;
  }
}
