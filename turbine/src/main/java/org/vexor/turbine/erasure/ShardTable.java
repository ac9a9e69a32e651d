package org.vexor.turbine.erasure;

import java.util.Arrays;
import java.util.Objects;

/// Which shards of a set are here, which are missing, and where each lies or is to be written.
/// Shards 0..dataCount-1 are the data, the code follows. Reusable, one owner; the arrays stay the
/// caller's and are only touched by [ReedSolomon#reconstruct].
public final class ShardTable {
  private static final byte[] NOWHERE = {};

  private final byte[][] arrays = new byte[ReedSolomon.MAX_SHARDS][];
  private final int[] offsets = new int[ReedSolomon.MAX_SHARDS];
  private final boolean[] present = new boolean[ReedSolomon.MAX_SHARDS];
  private int dataCount;
  private int shardCount;

  /// A table without shards; [#reset] gives it some.
  public ShardTable() {
    Arrays.fill(arrays, NOWHERE);
  }

  /// Forgets all shards and takes a new geometry.
  ///
  /// @throws IllegalArgumentException unless both counts are 1..67
  public void reset(int dataCount, int codeCount) {
    if (dataCount < 1
        || dataCount > ReedSolomon.MAX_DATA
        || codeCount < 1
        || codeCount > ReedSolomon.MAX_CODE) {
      throw new IllegalArgumentException(
          "a set of %d data and %d code shards; both must be 1..%d"
              .formatted(dataCount, codeCount, ReedSolomon.MAX_DATA));
    }
    this.dataCount = dataCount;
    shardCount = dataCount + codeCount;
    Arrays.fill(arrays, 0, shardCount, NOWHERE);
    Arrays.fill(present, 0, shardCount, false);
  }

  /// Says where a shard lies that is here.
  public void present(int shard, byte[] array, int offset) {
    place(shard, array, offset, true);
  }

  /// Says where a shard that is missing is to be written.
  public void missing(int shard, byte[] array, int offset) {
    place(shard, array, offset, false);
  }

  private void place(int shard, byte[] array, int offset, boolean isPresent) {
    Objects.checkIndex(shard, shardCount);
    arrays[shard] = array;
    offsets[shard] = offset;
    present[shard] = isPresent;
  }

  /// Data shards of the set.
  public int dataCount() {
    return dataCount;
  }

  /// Data and code shards of the set.
  public int shardCount() {
    return shardCount;
  }

  /// Whether the shard is here.
  public boolean isPresent(int shard) {
    return present[Objects.checkIndex(shard, shardCount)];
  }

  void appendTo(ShardList list, int shard, int length) {
    Objects.checkFromIndexSize(offsets[shard], length, arrays[shard].length);
    list.add(arrays[shard], offsets[shard]);
  }

  void markPresent(int shard) {
    present[shard] = true;
  }
}
