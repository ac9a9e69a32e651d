package org.vexor.solana;

import java.lang.foreign.MemorySegment;

/// An Ed25519 public key, or any other 32-byte address (programs, accounts without a key).
public final class Pubkey extends FixedBytes implements Comparable<Pubkey> {
  /// Bytes of a public key.
  public static final int LENGTH = 32;

  /// 32 zero bytes: the system program, and "no key" in several wire formats.
  public static final Pubkey ZERO = new Pubkey(new byte[LENGTH]);

  private Pubkey(byte[] owned) {
    super(owned);
  }

  /// A copy of `bytes`.
  ///
  /// @throws IllegalArgumentException when they are not [#LENGTH] bytes
  public static Pubkey of(byte[] bytes) {
    return new Pubkey(copy(bytes, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Pubkey of(byte[] source, int offset) {
    return new Pubkey(copy(source, offset, LENGTH));
  }

  /// A copy of the [#LENGTH] bytes of `source` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException when `source` ends before
  public static Pubkey of(MemorySegment source, long offset) {
    return new Pubkey(copy(source, offset, LENGTH));
  }

  /// Reads the base58 form.
  ///
  /// @throws IllegalArgumentException naming the text, when it is not base58 of [#LENGTH] bytes
  public static Pubkey fromBase58(String text) {
    return new Pubkey(Base58.decode(text, LENGTH));
  }

  @Override
  public int compareTo(Pubkey other) {
    return compareBytes(other);
  }
}
