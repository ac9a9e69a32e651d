package org.vexor.quic.cache;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// The pause before trying again: doubles with each failure up to a limit, and lies at random in
/// the upper half of that, so that clients that failed together do not come back together.
public final class Backoff {
  /// Beyond this the limit has been reached whatever it is: 2^30 first pauses.
  private static final int MOST_DOUBLINGS = 30;

  private final long firstNs;
  private final long longestNs;
  private final RandomGenerator random;

  /// @param first pause after one failure, at most
  /// @param longest pause, at most
  public Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.firstNs = first.toNanos();
    this.longestNs = longest.toNanos();
    this.random = random;
  }

  /// After so many failures in a row, at least one.
  public Duration pause(int failures) {
    int doublings = Math.min(failures - 1, MOST_DOUBLINGS);
    boolean over = firstNs > longestNs >> doublings;
    long wholeNs = over ? longestNs : firstNs << doublings;
    long halfNs = wholeNs / 2;
    return Duration.ofNanos(halfNs + random.nextLong(wholeNs - halfNs + 1));
  }
}
