package org.vexor.solana.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// Writes Solana's encodings into a range of a segment, forwards, without allocating.
///
/// A write beyond the end writes nothing and makes the writer fail with [WireFailure#PAST_END];
/// later writes do nothing, so a caller asks [#ok] once before it sends. Values that no encoding
/// holds are faults of the caller and throw. One thread at a time.
public final class WireWriter extends WireCursor {
  /// A writer into nothing; [#wrap] gives it room.
  public WireWriter() {}

  /// A writer into all of `bytes`.
  public WireWriter(byte[] bytes) {
    wrapRange(bytes);
  }

  /// A writer into `lengthBytes` bytes of `segment` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not within the segment
  public WireWriter(MemorySegment segment, long offset, long lengthBytes) {
    wrapRange(segment, offset, lengthBytes);
  }

  /// Starts over on all of `bytes`.
  public WireWriter wrap(byte[] bytes) {
    wrapRange(bytes);
    return this;
  }

  /// Starts over on `lengthBytes` bytes of `segment` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not within the segment
  public WireWriter wrap(MemorySegment segment, long offset, long lengthBytes) {
    wrapRange(segment, offset, lengthBytes);
    return this;
  }

  /// Bytes written so far.
  public int length() {
    return (int) (position - start);
  }

  /// The bytes written so far, in a new array.
  ///
  /// @throws IllegalStateException when a write did not fit
  public byte[] toByteArray() {
    if (failure != WireFailure.NONE) {
      throw new IllegalStateException(
          "only " + length() + " bytes fitted in " + (end - start) + ": give the writer more room");
    }
    return segment.asSlice(start, position - start).toArray(ValueLayout.JAVA_BYTE);
  }

  /// Writes the low 8 bits of `value`.
  public WireWriter u8(int value) {
    if (has(1)) {
      segment.set(ValueLayout.JAVA_BYTE, advance(1), (byte) value);
    }
    return this;
  }

  /// Writes the low 16 bits of `value`.
  public WireWriter u16(int value) {
    if (has(2)) {
      segment.set(SHORT, advance(2), (short) value);
    }
    return this;
  }

  /// Writes 32 bits.
  public WireWriter u32(int value) {
    if (has(4)) {
      segment.set(INT, advance(4), value);
    }
    return this;
  }

  /// Writes 64 bits.
  public WireWriter u64(long value) {
    if (has(8)) {
      segment.set(LONG, advance(8), value);
    }
    return this;
  }

  /// Writes all of `source`.
  public WireWriter bytes(byte[] source) {
    return bytes(source, 0, source.length);
  }

  /// Writes `lengthBytes` bytes of `source` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the source range is outside of the array
  public WireWriter bytes(byte[] source, int offset, int lengthBytes) {
    Objects.checkFromIndexSize(offset, lengthBytes, source.length);
    if (has(lengthBytes)) {
      MemorySegment.copy(
          source, offset, segment, ValueLayout.JAVA_BYTE, advance(lengthBytes), lengthBytes);
    }
    return this;
  }

  /// Writes `lengthBytes` bytes of `source` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the source range is outside of the segment
  public WireWriter bytes(MemorySegment source, long offset, long lengthBytes) {
    Objects.checkFromIndexSize(offset, lengthBytes, source.byteSize());
    if (has(lengthBytes)) {
      MemorySegment.copy(source, offset, segment, advance(lengthBytes), lengthBytes);
    }
    return this;
  }

  /// Writes a ShortVec length.
  ///
  /// @throws IllegalArgumentException when it is not within 0..65535
  public WireWriter shortVec(int length) {
    requireU16(length, "ShortVec length");
    return leb128(length);
  }

  /// Writes a varint of a u16.
  ///
  /// @throws IllegalArgumentException when it is not within 0..65535
  public WireWriter varintU16(int value) {
    requireU16(value, "u16 varint");
    return leb128(value);
  }

  /// Writes a varint of a u64, given by its bits.
  public WireWriter varintU64(long value) {
    return leb128(value);
  }

  /// Writes the u64 length of a bincode collection.
  ///
  /// @throws IllegalArgumentException when it is negative
  public WireWriter vecLength(int length) {
    if (length < 0) {
      throw new IllegalArgumentException("a collection cannot have " + length + " elements");
    }
    return u64(length);
  }

  /// Writes the tag of an option: 1 when a value follows.
  public WireWriter option(boolean present) {
    return u8(present ? 1 : 0);
  }

  /// How many bytes [#varintU64] and [#shortVec] take for `value`: 1..10.
  public static int varintLength(long value) {
    return Math.max(1, (Long.SIZE - Long.numberOfLeadingZeros(value) + 6) / 7);
  }

  @Override
  public String toString() {
    return "WireWriter[" + length() + " of " + (end - start) + " bytes, " + failure + "]";
  }

  private static void requireU16(int value, String what) {
    if (value < 0 || value > 0xffff) {
      throw new IllegalArgumentException(what + " must be within 0..65535, is " + value);
    }
  }

  private WireWriter leb128(long value) {
    if (has(varintLength(value))) {
      long rest = value;
      while ((rest & ~0x7fL) != 0) {
        segment.set(ValueLayout.JAVA_BYTE, advance(1), (byte) (rest | 0x80));
        rest >>>= 7;
      }
      segment.set(ValueLayout.JAVA_BYTE, advance(1), (byte) rest);
    }
    return this;
  }
}
