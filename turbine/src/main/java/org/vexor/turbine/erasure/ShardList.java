package org.vexor.turbine.erasure;

/// Where some shards lie, in the order in which the coefficients speak of them.
final class ShardList {
  private final byte[][] arrays;
  private final int[] offsets;
  private int count;

  ShardList(int capacity) {
    arrays = new byte[capacity][];
    offsets = new int[capacity];
  }

  void clear() {
    count = 0;
  }

  void add(byte[] array, int offset) {
    arrays[count] = array;
    offsets[count++] = offset;
  }

  int count() {
    return count;
  }

  byte[] array(int position) {
    return arrays[position];
  }

  int offset(int position) {
    return offsets[position];
  }
}
