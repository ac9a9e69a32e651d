package org.vexor.solana.codec;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/// A place in a range of a segment that moves forwards, and the first reason why it could not.
abstract sealed class WireCursor permits WireReader, WireWriter {
  static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final MemorySegment EMPTY = MemorySegment.ofArray(new byte[0]);

  MemorySegment segment = EMPTY;
  long start;
  long position;
  long end;
  WireFailure failure = WireFailure.NONE;

  final void wrapRange(byte[] bytes) {
    wrapRange(MemorySegment.ofArray(bytes), 0, bytes.length);
  }

  final void wrapRange(MemorySegment bytes, long offset, long lengthBytes) {
    Objects.checkFromIndexSize(offset, lengthBytes, bytes.byteSize());
    segment = bytes;
    start = offset;
    position = offset;
    end = offset + lengthBytes;
    failure = WireFailure.NONE;
  }

  /// Whether everything so far was within its bounds and rules.
  public final boolean ok() {
    return failure == WireFailure.NONE;
  }

  /// The first reason why something was not read or written; [WireFailure#NONE] when all was.
  public final WireFailure failure() {
    return failure;
  }

  /// Bytes left; 0 once failed.
  public final long remaining() {
    return failure == WireFailure.NONE ? end - position : 0;
  }

  /// Whether so many bytes are left; fails when they are not.
  final boolean has(long lengthBytes) {
    if (failure != WireFailure.NONE) {
      return false;
    }
    if (lengthBytes < 0 || lengthBytes > end - position) {
      failure = WireFailure.PAST_END;
      return false;
    }
    return true;
  }

  final long advance(long lengthBytes) {
    long at = position;
    position = at + lengthBytes;
    return at;
  }
}
