package org.vexor.gossip.table;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Entries by the high bits of their hash, so that one part of the table is found without looking
/// at the rest.
final class CrdsShards {
  static final int BITS = 8;

  private final List<List<CrdsEntry>> shards = new ArrayList<>();

  CrdsShards() {
    for (int i = 0; i < 1 << BITS; i++) {
      shards.add(new ArrayList<>());
    }
  }

  void add(CrdsEntry entry) {
    List<CrdsEntry> shard = shardOf(entry);
    entry.shardPosition = shard.size();
    shard.add(entry);
  }

  /// Takes the entry out; the last of its shard takes its place.
  void remove(CrdsEntry entry) {
    List<CrdsEntry> shard = shardOf(entry);
    CrdsEntry last = shard.removeLast();
    if (last != entry) {
      shard.set(entry.shardPosition, last);
      last.shardPosition = entry.shardPosition;
    }
  }

  /// Every entry whose hash begins with the high `maskBits` bits of `mask`.
  void forEach(long mask, int maskBits, Consumer<CrdsEntry> action) {
    int first = (int) (mask >>> (Long.SIZE - BITS));
    int count = 1;
    if (maskBits < BITS) {
      count = 1 << (BITS - maskBits);
      first &= -count;
    }
    long rest = maskBits < Long.SIZE ? -1L >>> maskBits : 0;
    for (int i = first; i < first + count; i++) {
      for (CrdsEntry entry : shards.get(i)) {
        if ((entry.hashPrefix() | rest) == (mask | rest)) {
          action.accept(entry);
        }
      }
    }
  }

  private List<CrdsEntry> shardOf(CrdsEntry entry) {
    return shards.get((int) (entry.hashPrefix() >>> (Long.SIZE - BITS)));
  }
}
