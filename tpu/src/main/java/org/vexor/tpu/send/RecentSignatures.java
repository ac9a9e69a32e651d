package org.vexor.tpu.send;

import org.agrona.collections.LongHashSet;
import org.vexor.solana.Signature;

/// The last so many signatures, by their first 8 bytes: they are random enough, and no objects are
/// kept. Any thread.
final class RecentSignatures {
  private final LongHashSet prefixes;
  private final long[] order;
  private int next;

  RecentSignatures(int capacity) {
    prefixes = new LongHashSet(capacity);
    order = new long[capacity];
  }

  private static long prefix(Signature signature) {
    long prefix = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      prefix = prefix << Byte.SIZE | (signature.byteAt(i) & 0xff);
    }
    // 0 is an empty place.
    return prefix == 0 ? 1 : prefix;
  }

  synchronized boolean contains(Signature signature) {
    return prefixes.contains(prefix(signature));
  }

  /// Remembers one, and forgets the oldest in its place.
  synchronized void add(Signature signature) {
    long prefix = prefix(signature);
    if (!prefixes.add(prefix)) {
      return;
    }
    if (order[next] != 0) {
      prefixes.remove(order[next]);
    }
    order[next] = prefix;
    next = next + 1 == order.length ? 0 : next + 1;
  }
}
