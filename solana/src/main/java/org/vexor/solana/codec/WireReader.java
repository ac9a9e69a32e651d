package org.vexor.solana.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;

/// Reads Solana's encodings from a range of a segment, forwards, without allocating.
///
/// A read that fails does not throw: it gives zero, and the first reason stays in [#failure] while
/// every later read gives zero too. So a parser reads straight through and asks [#ok] once, before
/// it believes what it read. The reader lends the segment until the next [#wrap]. One thread at a
/// time. Encodings: solana-sdk short-vec, bincode with fixed integers.
public final class WireReader extends WireCursor {
  /// A reader of nothing; [#wrap] gives it bytes.
  public WireReader() {}

  /// A reader of all of `bytes`.
  public WireReader(byte[] bytes) {
    wrapRange(bytes);
  }

  /// A reader of `lengthBytes` bytes of `segment` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not within the segment
  public WireReader(MemorySegment segment, long offset, long lengthBytes) {
    wrapRange(segment, offset, lengthBytes);
  }

  /// Starts over on all of `bytes`.
  public WireReader wrap(byte[] bytes) {
    wrapRange(bytes);
    return this;
  }

  /// Starts over on `lengthBytes` bytes of `segment` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when the range is not within the segment
  public WireReader wrap(MemorySegment segment, long offset, long lengthBytes) {
    wrapRange(segment, offset, lengthBytes);
    return this;
  }

  /// Makes the reader fail for the caller's reason; an earlier reason stays.
  public void fail(WireFailure reason) {
    if (failure == WireFailure.NONE) {
      failure = reason;
    }
  }

  /// Bytes read so far, relative to the wrapped offset.
  public long position() {
    return position - start;
  }

  /// Where in the segment the next byte lies.
  public long segmentOffset() {
    return position;
  }

  /// The wrapped segment.
  public MemorySegment segment() {
    return segment;
  }

  /// Fails with [WireFailure#TRAILING_BYTES] unless everything was read.
  public void expectEnd() {
    if (failure == WireFailure.NONE && position != end) {
      failure = WireFailure.TRAILING_BYTES;
    }
  }

  /// An unsigned byte, 0..255.
  public int u8() {
    return has(1) ? segment.get(ValueLayout.JAVA_BYTE, advance(1)) & 0xff : 0;
  }

  /// An unsigned 16-bit integer, 0..65535.
  public int u16() {
    return has(2) ? segment.get(SHORT, advance(2)) & 0xffff : 0;
  }

  /// A 32-bit integer, its unsigned value in the bits of an int.
  public int u32() {
    return has(4) ? segment.get(INT, advance(4)) : 0;
  }

  /// A 64-bit integer, its unsigned value in the bits of a long.
  public long u64() {
    return has(8) ? segment.get(LONG, advance(8)) : 0;
  }

  /// Fills `destination`; leaves it as it is when too few bytes are left.
  public void bytes(byte[] destination) {
    bytes(destination, 0, destination.length);
  }

  /// Copies `lengthBytes` bytes to `destination` from `offset`; copies nothing when too few are
  /// left.
  ///
  /// @throws IndexOutOfBoundsException when the destination range is outside of the array
  public void bytes(byte[] destination, int offset, int lengthBytes) {
    Objects.checkFromIndexSize(offset, lengthBytes, destination.length);
    if (has(lengthBytes)) {
      MemorySegment.copy(
          segment, ValueLayout.JAVA_BYTE, advance(lengthBytes), destination, offset, lengthBytes);
    }
  }

  /// Steps over `lengthBytes` bytes and gives where in the segment they start, or 0 when they are
  /// not there.
  public long skip(long lengthBytes) {
    return has(lengthBytes) ? advance(lengthBytes) : 0;
  }

  /// A ShortVec length, 0..65535, in its shortest form only.
  public int shortVec() {
    return (int) leb128(16, 3);
  }

  /// A varint of a u16, 0..65535, in its shortest form only.
  public int varintU16() {
    return (int) leb128(16, 3);
  }

  /// A varint of a u64, in its shortest form only.
  public long varintU64() {
    return leb128(64, 10);
  }

  /// The u64 length of a bincode collection whose elements take at least `minimumElementBytes`
  /// each; at most `maximum`, and never more than the remaining bytes can hold, so it is safe to
  /// allocate by it.
  public int vecLength(int minimumElementBytes, int maximum) {
    long length = u64();
    if (failure != WireFailure.NONE) {
      return 0;
    }
    if (length < 0 || length > maximum || length * minimumElementBytes > end - position) {
      failure = WireFailure.LENGTH_BEYOND_BOUND;
      return 0;
    }
    return (int) length;
  }

  /// A ShortVec length, at most `maximum` and never more than the remaining bytes can hold.
  public int shortVecLength(int minimumElementBytes, int maximum) {
    int length = shortVec();
    if (failure != WireFailure.NONE) {
      return 0;
    }
    if (length > maximum || (long) length * minimumElementBytes > end - position) {
      failure = WireFailure.LENGTH_BEYOND_BOUND;
      return 0;
    }
    return length;
  }

  /// The tag of an option: true when a value follows.
  public boolean option() {
    int tag = u8();
    if (tag > 1) {
      fail(WireFailure.BAD_OPTION_TAG);
      return false;
    }
    return tag == 1;
  }

  private long leb128(int bits, int maximumBytes) {
    long value = 0;
    for (int i = 0; i < maximumBytes; i++) {
      int octet = u8();
      if (failure != WireFailure.NONE) {
        return 0;
      }
      int shift = 7 * i;
      int room = bits - shift; // bits that still fit; only the last byte has fewer than 7
      if (room < 7 && (octet & 0x7f) >>> room != 0) {
        break;
      }
      value |= (long) (octet & 0x7f) << shift;
      if ((octet & 0x80) == 0) {
        if (octet == 0 && i > 0) {
          failure = WireFailure.NOT_CANONICAL;
          return 0;
        }
        return value;
      }
    }
    failure = WireFailure.TOO_LARGE;
    return 0;
  }
}
