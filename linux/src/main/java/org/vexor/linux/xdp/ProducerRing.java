package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/// A ring that we fill and the kernel empties: reserve, put, submit.
///
/// Indexes are free-running u32: an entry is at `index & (size - 1)`, a distance is a wrapping
/// subtraction. Entries are written plainly; the release of the producer index publishes them and
/// pairs with the kernel's acquire (net/xdp/xsk_queue.h). One thread owns the ring; nothing is
/// allocated.
public abstract sealed class ProducerRing permits FillRing, TransmitRing {
  static final VarHandle INDEX = JAVA_INT.varHandle().withInvokeExactBehavior();
  private static final int XDP_RING_NEED_WAKEUP = 1;

  final MemorySegment memory;
  private final RingOffsets offsets;
  private final long entries;
  private final int size;
  private final int mask;
  private int producer;
  private int seenConsumer;

  ProducerRing(MemorySegment memory, RingOffsets offsets, int size) {
    this.memory = memory;
    this.offsets = offsets;
    this.entries = offsets.entries();
    this.size = size;
    this.mask = size - 1;
    this.producer = (int) INDEX.getAcquire(memory, offsets.producer());
    this.seenConsumer = consumerAcquire();
  }

  /// How many of `wanted` entries may be put now; fewer when the ring is nearly full.
  public final int reserve(int wanted) {
    int free = size - (producer - seenConsumer);
    if (free < wanted) {
      seenConsumer = consumerAcquire();
      free = size - (producer - seenConsumer);
    }
    return Math.min(free, wanted);
  }

  /// Gives the first `count` entries that were put since the last submit to the kernel.
  public final void submit(int count) {
    producer += count;
    INDEX.setRelease(memory, offsets.producer(), producer);
  }

  /// How many submitted entries the kernel has not taken yet.
  public final int pending() {
    seenConsumer = consumerAcquire();
    return producer - seenConsumer;
  }

  /// Entries it holds; a power of two.
  public final int size() {
    return size;
  }

  /// Whether the kernel sleeps and wants a system call to go on. To be asked after [#submit]: the
  /// fence keeps this read from passing the release of the index, or both sides could sleep.
  public final boolean needsWakeup() {
    VarHandle.fullFence();
    return ((int) INDEX.getOpaque(memory, offsets.flags()) & XDP_RING_NEED_WAKEUP) != 0;
  }

  /// The slot of the entry `ahead` of the next to submit, in entries of `bytes`.
  final long slot(int ahead, int bytes) {
    return entries + (long) ((producer + ahead) & mask) * bytes;
  }

  private int consumerAcquire() {
    return (int) INDEX.getAcquire(memory, offsets.consumer());
  }
}
