package org.vexor.tpu.history;

import org.HdrHistogram.Histogram;
import org.vexor.solana.Pubkey;

/// Counts and times of one leader. Guarded by its table's lock.
final class LeaderRecord {
  /// Two digits tell 1.00 from 1.01 s, and take 9 KiB for a range of minutes.
  private static final int DIGITS = 2;

  private static final long UNIT_NS = 1_000;
  private static final long LONGEST_UNITS = 600_000_000;

  private final Histogram acknowledge = new Histogram(LONGEST_UNITS, DIGITS);
  private final Histogram land = new Histogram(LONGEST_UNITS, DIGITS);
  private long sent;

  void sent() {
    sent++;
  }

  void acknowledged(long tookNs) {
    acknowledge.recordValue(units(tookNs));
  }

  void landed(long tookNs) {
    land.recordValue(units(tookNs));
  }

  private static long units(long ns) {
    return Math.clamp(ns / UNIT_NS, 0, LONGEST_UNITS);
  }

  LeaderStatistics statistics(Pubkey leader) {
    return new LeaderStatistics(
        leader,
        sent,
        acknowledge.getTotalCount(),
        land.getTotalCount(),
        at(acknowledge, 50),
        at(acknowledge, 99),
        at(land, 50),
        at(land, 99),
        LatencyCounts.of(acknowledge, UNIT_NS),
        LatencyCounts.of(land, UNIT_NS));
  }

  private static long at(Histogram histogram, double percentile) {
    return histogram.getTotalCount() == 0
        ? 0
        : histogram.getValueAtPercentile(percentile) * UNIT_NS;
  }
}
