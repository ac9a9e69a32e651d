package org.vexor.gossip.table;

import java.util.ArrayDeque;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.solana.Hash;

/// Hashes of values that we had or saw and do not want again, for a while. A bounded number: the
/// oldest go first.
final class DroppedHashes {
  private final ArrayDeque<Dropped> dropped = new ArrayDeque<>();
  private final int capacity;
  private final long keptMs;

  DroppedHashes(int capacity, long keptMs) {
    this.capacity = capacity;
    this.keptMs = keptMs;
  }

  void add(CrdsValue value, long nowMs) {
    if (dropped.size() == capacity) {
      dropped.removeFirst();
    }
    dropped.addLast(new Dropped(value.hash(), value.hashPrefix(), nowMs));
  }

  void expire(long nowMs) {
    while (!dropped.isEmpty() && dropped.getFirst().sinceMs() + keptMs < nowMs) {
      dropped.removeFirst();
    }
  }

  int size() {
    return dropped.size();
  }

  void forEach(HashVisitor action) {
    dropped.forEach(each -> action.visit(each.prefix(), each.hash()));
  }

  private record Dropped(Hash hash, long prefix, long sinceMs) {}
}
