package org.vexor.packet.xdp.header;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// The one's complement sum of IP and UDP (RFC 1071).
///
/// A sum here is a long that is not folded yet: sums of parts are added, [#fold] ends it. Sixteen
/// bits may be summed in wider words, and in either byte order when the result is swapped.
final class InternetChecksum {
  private static final ValueLayout.OfLong LONG =
      ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private InternetChecksum() {}

  /// The sum of some bytes, of which the first is the upper half of a word.
  static long of(MemorySegment memory, long offset, int length) {
    long even = 0;
    long odd = 0;
    int whole = length & -Long.BYTES;
    for (int i = 0; i < whole; i += Long.BYTES) {
      long word = memory.get(LONG, offset + i);
      even += word & Wire.INT_MASK;
      odd += word >>> 32;
    }
    long last = 0;
    for (int i = length - 1; i >= whole; i--) {
      last = last << 8 | (memory.get(ValueLayout.JAVA_BYTE, offset + i) & 0xff);
    }
    int sum = fold(even + odd + (last & Wire.INT_MASK) + (last >>> 32));
    return Short.reverseBytes((short) sum) & 0xffff;
  }

  /// The sum of an address in the form of [org.vexor.packet.Endpoint], as its family writes it.
  static long ofAddress(boolean ipv4, long high, long low) {
    long lower = low & Wire.INT_MASK;
    return ipv4 ? lower : lower + (low >>> 32) + (high & Wire.INT_MASK) + (high >>> 32);
  }

  /// The sum in 16 bits; what a header carries is its complement.
  static int fold(long sum) {
    long folded = (sum & Wire.INT_MASK) + (sum >>> 32);
    folded = (folded & Wire.INT_MASK) + (folded >>> 32);
    int word = (int) (folded & 0xffff) + (int) (folded >>> 16);
    word = (word & 0xffff) + (word >>> 16);
    return word;
  }
}
