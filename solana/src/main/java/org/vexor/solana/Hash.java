package org.vexor.solana;

import java.lang.foreign.MemorySegment;

/// A SHA-256 digest: a block hash, genesis hash or Merkle root.
public final class Hash extends FixedBytes implements Comparable<Hash> {
  /// Bytes of a hash.
  public static final int LENGTH = 32;

  /// 32 zero bytes, Rust's `Hash::default()`.
  public static final Hash ZERO = new Hash(new byte[LENGTH]);

  private Hash(byte[] owned) {
    super(owned);
  }

  /// A copy of `bytes`.
  ///
  /// @throws IllegalArgumentException when they are not [#LENGTH] bytes
  public static Hash of(byte[] bytes) {
    return new Hash(copy(bytes, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Hash of(byte[] source, int offset) {
    return new Hash(copy(source, offset, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Hash of(MemorySegment source, long offset) {
    return new Hash(copy(source, offset, LENGTH));
  }

  /// Reads the base58 form.
  ///
  /// @throws IllegalArgumentException naming the text, when it is not base58 of [#LENGTH] bytes
  public static Hash fromBase58(String text) {
    return new Hash(Base58.decode(text, LENGTH));
  }

  @Override
  public int compareTo(Hash other) {
    return compareBytes(other);
  }
}
