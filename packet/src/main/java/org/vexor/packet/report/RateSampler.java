package org.vexor.packet.report;

import java.util.Optional;
import java.util.function.LongSupplier;
import org.vexor.packet.TrafficCounters;

/// Measures what counters say over the last second and the last minute.
///
/// [#sample] is to be called about once a second, by one thread; the rates are those between two
/// readings, over the time that really passed. They may be read by any thread. The counters' owner
/// notices nothing of it.
public final class RateSampler {
  private static final long SECOND_NS = 1_000_000_000L;

  /// A minute of samples, and the one before it.
  private static final int SAMPLES = 61;

  /// A reading that comes this much too early still counts as the next second's.
  private static final long EARLY_NS = 100_000_000L;

  private static final int RECEIVED = 0;
  private static final int RECEIVED_BYTES = 1;
  private static final int SENT = 2;
  private static final int SENT_BYTES = 3;
  private static final int DROPS = 4;
  private static final int COUNTS = 5;

  private final TrafficCounters counters;
  private final LongSupplier clockNs;
  private final long[] timesNs = new long[SAMPLES];
  private final long[][] counts = new long[SAMPLES][COUNTS];

  /// Samples taken; the newest is at one less, modulo [#SAMPLES].
  private int taken;

  private volatile Measured measured = new Measured(Optional.empty(), Optional.empty());

  private record Measured(Optional<Rates> second, Optional<Rates> minute) {}

  /// The first reading is taken at once.
  ///
  /// @param clockNs monotonic nanoseconds
  public RateSampler(TrafficCounters counters, LongSupplier clockNs) {
    this.counters = counters;
    this.clockNs = clockNs;
    read(clockNs.getAsLong());
  }

  /// Takes a reading, unless a second has not passed since the last one.
  ///
  /// @return whether it did
  public boolean sample() {
    long nowNs = clockNs.getAsLong();
    if (nowNs - timesNs[index(taken - 1)] < SECOND_NS - EARLY_NS) {
      return false;
    }
    read(nowNs);
    int newest = index(taken - 1);
    measured =
        new Measured(
            Optional.of(between(index(taken - 2), newest)),
            Optional.of(between(index(taken - Math.min(taken, SAMPLES)), newest)));
    return true;
  }

  private void read(long nowNs) {
    int at = index(taken);
    timesNs[at] = nowNs;
    long[] into = counts[at];
    into[RECEIVED] = counters.received();
    into[RECEIVED_BYTES] = counters.receivedBytes();
    into[SENT] = counters.sent();
    into[SENT_BYTES] = counters.sentBytes();
    into[DROPS] = counters.droppedInAll();
    taken++;
  }

  private static int index(int sample) {
    return sample % SAMPLES;
  }

  private Rates between(int from, int to) {
    double seconds = (timesNs[to] - timesNs[from]) / 1e9;
    return new Rates(
        seconds,
        (counts[to][RECEIVED] - counts[from][RECEIVED]) / seconds,
        (counts[to][RECEIVED_BYTES] - counts[from][RECEIVED_BYTES]) * Byte.SIZE / seconds,
        (counts[to][SENT] - counts[from][SENT]) / seconds,
        (counts[to][SENT_BYTES] - counts[from][SENT_BYTES]) * Byte.SIZE / seconds,
        (counts[to][DROPS] - counts[from][DROPS]) / seconds);
  }

  /// Over the last two readings; empty before the second one. Any thread.
  public Optional<Rates> lastSecond() {
    return measured.second();
  }

  /// Over the last sixty seconds, or as long as there were readings. Any thread.
  public Optional<Rates> lastMinute() {
    return measured.minute();
  }
}
