package org.vexor.solana;

import java.lang.foreign.MemorySegment;

/// An Ed25519 signature: R (32 bytes), then S (32 bytes, little-endian). Holding one says nothing
/// about its validity.
public final class Signature extends FixedBytes implements Comparable<Signature> {
  /// Bytes of a signature.
  public static final int LENGTH = 64;

  private Signature(byte[] owned) {
    super(owned);
  }

  /// A copy of `bytes`.
  ///
  /// @throws IllegalArgumentException when they are not [#LENGTH] bytes
  public static Signature of(byte[] bytes) {
    return new Signature(copy(bytes, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Signature of(byte[] source, int offset) {
    return new Signature(copy(source, offset, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Signature of(MemorySegment source, long offset) {
    return new Signature(copy(source, offset, LENGTH));
  }

  /// Reads the base58 form.
  ///
  /// @throws IllegalArgumentException naming the text, when it is not base58 of [#LENGTH] bytes
  public static Signature fromBase58(String text) {
    return new Signature(Base58.decode(text, LENGTH));
  }

  @Override
  public int compareTo(Signature other) {
    return compareBytes(other);
  }
}
