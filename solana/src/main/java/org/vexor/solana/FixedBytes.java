package org.vexor.solana;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// The bytes of a [Pubkey], [Hash] or [Signature]: a fixed number of them, never changed, never
/// shared. Equality is by type and bytes. Safe for all threads.
public abstract sealed class FixedBytes permits Pubkey, Hash, Signature {
  private final byte[] bytes;

  /// `owned` must not be reachable by anybody else.
  FixedBytes(byte[] owned) {
    this.bytes = owned;
  }

  static byte[] copy(byte[] source, int length) {
    if (source.length != length) {
      throw new IllegalArgumentException("need " + length + " bytes, got " + source.length);
    }
    return source.clone();
  }

  static byte[] copy(byte[] source, int offset, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(source, offset, copy, 0, length);
    return copy;
  }

  static byte[] copy(MemorySegment source, long offset, int length) {
    byte[] copy = new byte[length];
    MemorySegment.copy(source, ValueLayout.JAVA_BYTE, offset, copy, 0, length);
    return copy;
  }

  /// A copy of the bytes.
  public final byte[] bytes() {
    return bytes.clone();
  }

  /// The byte at `index`.
  public final byte byteAt(int index) {
    return bytes[index];
  }

  /// Writes all bytes to `target` from `offset` on.
  public final void copyTo(byte[] target, int offset) {
    System.arraycopy(bytes, 0, target, offset, bytes.length);
  }

  /// Writes all bytes to `target` from `offset` on.
  public final void copyTo(MemorySegment target, long offset) {
    MemorySegment.copy(bytes, 0, target, ValueLayout.JAVA_BYTE, offset, bytes.length);
  }

  /// Whether `source` holds the same bytes from `offset` on; allocates nothing.
  public final boolean matches(byte[] source, int offset) {
    return source.length - offset >= bytes.length
        && Arrays.equals(bytes, 0, bytes.length, source, offset, offset + bytes.length);
  }

  final int compareBytes(FixedBytes other) {
    return Arrays.compareUnsigned(bytes, other.bytes);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof FixedBytes that
        && that.getClass() == getClass()
        && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public final int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// The base58 form, as every Solana tool prints it.
  @Override
  public final String toString() {
    return Base58.encode(bytes);
  }
}
