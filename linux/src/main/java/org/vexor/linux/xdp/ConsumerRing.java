package org.vexor.linux.xdp;

import java.lang.foreign.MemorySegment;

/// A ring that the kernel fills and we empty: available, read, release. Memory order and threading
/// as in [ProducerRing], with the roles changed.
public abstract sealed class ConsumerRing permits CompletionRing, ReceiveRing {
  final MemorySegment memory;
  private final RingOffsets offsets;
  private final long entries;
  private final int size;
  private final int mask;
  private int consumer;
  private int seenProducer;

  ConsumerRing(MemorySegment memory, RingOffsets offsets, int size) {
    this.memory = memory;
    this.offsets = offsets;
    this.entries = offsets.entries();
    this.size = size;
    this.mask = size - 1;
    this.consumer = (int) ProducerRing.INDEX.getAcquire(memory, offsets.consumer());
    this.seenProducer = producerAcquire();
  }

  /// How many entries may be read now, at most `limit`. Looks at the kernel's index only when those
  /// seen before are used up, so a batch may be shorter than what is there.
  public final int available(int limit) {
    int count = seenProducer - consumer;
    if (count == 0) {
      seenProducer = producerAcquire();
      count = seenProducer - consumer;
    }
    return Math.min(count, limit);
  }

  /// Gives the first `count` entries back to the kernel; reading them is over.
  public final void release(int count) {
    consumer += count;
    ProducerRing.INDEX.setRelease(memory, offsets.consumer(), consumer);
  }

  /// Entries it holds; a power of two.
  public final int size() {
    return size;
  }

  /// The slot of the entry `ahead` of the next to release, in entries of `bytes`.
  final long slot(int ahead, int bytes) {
    return entries + (long) ((consumer + ahead) & mask) * bytes;
  }

  private int producerAcquire() {
    return (int) ProducerRing.INDEX.getAcquire(memory, offsets.producer());
  }
}
