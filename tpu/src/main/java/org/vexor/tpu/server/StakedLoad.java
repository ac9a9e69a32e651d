package org.vexor.tpu.server;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/// How much clients with stake send together, and whether that is so much that each is held to its
/// share. Any thread.
///
/// An exponential average over intervals of 5 ms, as Agave's: it takes 40 intervals of a load to
/// believe it, so that a burst at the beginning of a slot passes.
final class StakedLoad {
  private static final long INTERVAL_NS = 5_000_000;
  private static final int INTERVALS_PER_SECOND = 200;
  private static final double SMOOTHING = 2.0 / (40 + 1);
  private static final double UNSTAKED_PART = 0.2;
  private static final double SATURATED = 0.95;

  private final double perInterval;
  private final LongAdder recent = new LongAdder();
  private final AtomicLong updatedNs;
  private volatile double average;

  StakedLoad(int perSecond, long nowNs) {
    this.perInterval = perSecond * (1 - UNSTAKED_PART) / INTERVALS_PER_SECOND;
    this.updatedNs = new AtomicLong(nowNs);
  }

  void add(int transactions) {
    recent.add(transactions);
  }

  /// Whether shares are to be kept now.
  boolean isSaturated(long nowNs) {
    update(nowNs);
    return average >= SATURATED * perInterval;
  }

  private void update(long nowNs) {
    long before = updatedNs.get();
    long intervals = (nowNs - before) / INTERVAL_NS;
    if (intervals < 1 || !updatedNs.compareAndSet(before, before + intervals * INTERVAL_NS)) {
      return;
    }
    double first = recent.sumThenReset() * SMOOTHING + average * (1 - SMOOTHING);
    average = first * Math.pow(1 - SMOOTHING, (double) intervals - 1);
  }

  /// Transactions of this part of the stake in a window, at least one.
  int share(double part, long windowNs) {
    double all = perInterval * windowNs / INTERVAL_NS;
    return (int) Math.max(1, all * part);
  }
}
