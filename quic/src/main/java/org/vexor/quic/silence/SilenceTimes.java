package org.vexor.quic.silence;

import java.time.Duration;

/// How long a peer may be silent.
///
/// @param first until it is asked for a sign of life; doubled with each answer as long as it sends
///   nothing else
/// @param longest that this grows to
/// @param lost without any answer after which it is given up
public record SilenceTimes(Duration first, Duration longest, Duration lost) {
  /// A little longer than the interval at which Vexor's own clients send something (500 ms), so
  /// that those are asked only when they are gone; and as seldom as NATs forget a flow at the most.
  private static final Duration FIRST = Duration.ofMillis(600);

  private static final Duration LONGEST = Duration.ofSeconds(30);

  public SilenceTimes {
    if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0) {
      throw new IllegalArgumentException("silence from " + first + " up to " + longest);
    }
    if (lost.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "a peer cannot be lost after " + lost + ", before it is asked after " + first);
    }
  }

  /// The usual times, with this one until a peer is lost.
  public static SilenceTimes lostAfter(Duration lost) {
    return new SilenceTimes(FIRST, LONGEST, lost);
  }
}
