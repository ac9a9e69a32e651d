package org.vexor.node.tpu;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.vexor.solana.Signature;
import org.vexor.tpu.send.SendListener;
import org.vexor.tpu.send.TpuTarget;

/// How long transactions wait and how long their acknowledgements take. Any thread.
public final class SendMeter implements SendListener {
  private static final int DIGITS = 3;

  /// Longer than any attempt lasts.
  private static final long LONGEST_NS = TimeUnit.MINUTES.toNanos(5);

  private final Histogram waited = new ConcurrentHistogram(LONGEST_NS, DIGITS);
  private final Histogram acknowledged = new ConcurrentHistogram(LONGEST_NS, DIGITS);

  private static void record(Histogram histogram, long ns) {
    histogram.recordValue(Math.clamp(ns, 0, LONGEST_NS));
  }

  @Override
  public void sent(Signature signature, TpuTarget target, long waitedNs) {
    record(waited, waitedNs);
  }

  @Override
  public void acknowledged(Signature signature, TpuTarget target, long tookNs) {
    record(acknowledged, tookNs);
  }

  /// From submission until QUIC had it, in nanoseconds.
  public Histogram waited() {
    return waited;
  }

  /// From then until the acknowledgement, in nanoseconds.
  public Histogram acknowledged() {
    return acknowledged;
  }
}
