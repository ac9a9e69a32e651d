package org.vexor.linux.netlink;

import java.util.Arrays;

/// A hash table from (tag, address) to a number that is not negative. Filled once, then read by any
/// thread; reads allocate nothing.
final class AddressTable {
  /// What is not there.
  static final long ABSENT = -1;

  private final int[] tags;
  private final long[] highs;
  private final long[] lows;
  private final long[] values;
  private final int mask;

  /// @param expected most entries that will be put
  AddressTable(int expected) {
    // At most half full: probes stay short.
    int size = Math.max(Integer.highestOneBit(Math.max(expected, 1)) * 4, 4);
    tags = new int[size];
    highs = new long[size];
    lows = new long[size];
    values = new long[size];
    Arrays.fill(values, ABSENT);
    mask = size - 1;
  }

  /// Sets the number of an address, replacing the one from before.
  void put(int tag, long high, long low, long value) {
    int slot = slot(tag, high, low);
    tags[slot] = tag;
    highs[slot] = high;
    lows[slot] = low;
    values[slot] = value;
  }

  /// The number of an address; [#ABSENT] when it has none.
  long get(int tag, long high, long low) {
    return values[slot(tag, high, low)];
  }

  /// Whether another table holds the same, put in the same order.
  boolean isSameAs(AddressTable other) {
    return Arrays.equals(tags, other.tags)
        && Arrays.equals(highs, other.highs)
        && Arrays.equals(lows, other.lows)
        && Arrays.equals(values, other.values);
  }

  private int slot(int tag, long high, long low) {
    // Fibonacci multipliers: the upper bits depend on all lower ones.
    long hash = (low ^ tag) * 0x9E37_79B9_7F4A_7C15L;
    hash = (hash ^ (hash >>> 32) ^ high) * 0xC2B2_AE3D_27D4_EB4FL;
    int slot = (int) (hash >>> 32) & mask;
    while (values[slot] != ABSENT
        && (lows[slot] != low || highs[slot] != high || tags[slot] != tag)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
