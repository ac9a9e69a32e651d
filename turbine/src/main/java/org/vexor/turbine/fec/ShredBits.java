package org.vexor.turbine.fec;

/// Which of up to 128 shreds.
final class ShredBits {
  private long low;
  private long high;

  void clear() {
    low = 0;
    high = 0;
  }

  boolean has(int shred) {
    return ((shred < 64 ? low : high) >>> shred & 1) != 0; // shifts count modulo 64
  }

  void add(int shred) {
    if (shred < 64) {
      low |= 1L << shred;
    } else {
      high |= 1L << shred;
    }
  }

  int count() {
    return Long.bitCount(low) + Long.bitCount(high);
  }

  /// The lowest shred that is in; -1 if none.
  int first() {
    if (low != 0) {
      return Long.numberOfTrailingZeros(low);
    }
    return high == 0 ? -1 : 64 + Long.numberOfTrailingZeros(high);
  }

  /// The highest shred that is in; -1 if none.
  int last() {
    return high != 0
        ? 127 - Long.numberOfLeadingZeros(high)
        : 63 - Long.numberOfLeadingZeros(low); // 63 - 64 if none
  }
}
