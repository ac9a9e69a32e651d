package org.vexor.tpu.history;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/// How many of some latencies were at most so long, as histograms of Prometheus have it.
///
/// @param upTo for each of [#BOUNDS_NS] how many were not longer, those of the bounds below it
///   included
/// @param count all of them
/// @param sumNs their sum, as exact as the histogram that it comes from: to one in a hundred
public record LatencyCounts(List<Long> upTo, long count, double sumNs) {
  /// From a leader next door to one that took almost a blockhash's life.
  public static final List<Long> BOUNDS_NS =
      List.of(
          ms(5),
          ms(10),
          ms(25),
          ms(50),
          ms(100),
          ms(250),
          ms(500),
          ms(1_000),
          ms(2_500),
          ms(5_000),
          ms(10_000),
          ms(30_000));

  public LatencyCounts {
    upTo = List.copyOf(upTo);
  }

  private static long ms(long ms) {
    return TimeUnit.MILLISECONDS.toNanos(ms);
  }

  /// Of a histogram whose unit is `unitNs`.
  static LatencyCounts of(Histogram histogram, long unitNs) {
    long count = histogram.getTotalCount();
    if (count == 0) {
      return new LatencyCounts(Collections.nCopies(BOUNDS_NS.size(), 0L), 0, 0);
    }
    var upTo = new ArrayList<Long>(BOUNDS_NS.size());
    for (long bound : BOUNDS_NS) {
      upTo.add(Math.min(count, histogram.getCountBetweenValues(0, bound / unitNs)));
    }
    return new LatencyCounts(upTo, count, histogram.getMean() * count * unitNs);
  }
}
