package org.vexor.tpu.leader;

/// How long a slot takes, measured over the last slots that were seen. One thread.
final class SlotPace {
  /// Long enough that bursts and skipped windows level out.
  private static final int WINDOW = 64;

  /// Below this many slots the assumption is better than the measurement.
  private static final int LEAST_SLOTS = 16;

  /// The clusters have 400 ms, and 200 ms to come (SIMD-0525); what is measured outside of this is
  /// an outage, not a pace.
  private static final long SHORTEST_NS = 100_000_000L;

  private static final long LONGEST_NS = 1_000_000_000L;

  private final long[] slots = new long[WINDOW];
  private final long[] timesNs = new long[WINDOW];
  private int count;
  private long slotNs;

  SlotPace(long assumedNs) {
    slotNs = assumedNs;
  }

  void advanced(long slot, long nowNs) {
    slots[count % WINDOW] = slot;
    timesNs[count % WINDOW] = nowNs;
    count++;
    int first = count > WINDOW ? count % WINDOW : 0;
    long span = slot - slots[first];
    if (span >= LEAST_SLOTS) {
      slotNs = Math.clamp((nowNs - timesNs[first]) / span, SHORTEST_NS, LONGEST_NS);
    }
  }

  /// What was seen before does not connect to what follows.
  void restarted() {
    count = 0;
  }

  /// Nanoseconds of a slot.
  long slotNs() {
    return slotNs;
  }
}
