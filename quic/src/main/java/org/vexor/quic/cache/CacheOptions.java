package org.vexor.quic.cache;

import java.time.Duration;

/// Limits and times of a connection cache.
///
/// @param capacity entries; the least recently used one gives way
/// @param connectTimeout of each attempt
/// @param unusedAfter an entry that nobody asked for so long is closed
/// @param keepAliveInterval pause between signs of life on open connections; below the idle
///   time-out of both sides
/// @param firstPause after the first failure
/// @param longestPause however many failures
public record CacheOptions(
    int capacity,
    Duration connectTimeout,
    Duration unusedAfter,
    Duration keepAliveInterval,
    Duration firstPause,
    Duration longestPause) {
  /// 1,024 entries as Agave's clients have; the rest for peers whose idle time-out is 30 s.
  public static final CacheOptions DEFAULT =
      new CacheOptions(
          1_024,
          Duration.ofSeconds(5),
          Duration.ofMinutes(2),
          Duration.ofSeconds(5),
          Duration.ofMillis(100),
          Duration.ofSeconds(10));

  public CacheOptions {
    if (capacity < 1
        || keepAliveInterval.isNegative()
        || keepAliveInterval.isZero()
        || firstPause.isNegative()
        || firstPause.isZero()
        || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException("capacity and times must be positive, pauses in order");
    }
  }

  public CacheOptions withCapacity(int entries) {
    return new CacheOptions(
        entries, connectTimeout, unusedAfter, keepAliveInterval, firstPause, longestPause);
  }

  public CacheOptions withKeepAliveInterval(Duration interval) {
    return new CacheOptions(
        capacity, connectTimeout, unusedAfter, interval, firstPause, longestPause);
  }
}
