package org.vexor.tpu.server;

/// How much of a window of 100 ms is left to one connection. Its event loop's.
final class Quota {
  /// STREAM_THROTTLING_INTERVAL of Agave.
  static final long WINDOW_NS = 100_000_000;

  private static final int WINDOWS_PER_SECOND = 10;

  private final StakedLoad load;
  private final boolean staked;
  private final int unstakedPerWindow;
  private final double part;
  private long windowNs;
  private int used;

  /// @param part of the whole stake; 0 for a client without
  Quota(StakedLoad load, ServerLimits limits, double part, long nowNs) {
    this.load = load;
    this.staked = part > 0;
    this.part = part;
    this.unstakedPerWindow = Math.max(1, limits.unstakedPerSecond() / WINDOWS_PER_SECOND);
    this.windowNs = nowNs;
  }

  int allowance(long nowNs) {
    if (nowNs - windowNs >= WINDOW_NS) {
      windowNs = nowNs;
      used = 0;
    }
    if (!staked) {
      return unstakedPerWindow - used;
    }
    return load.isSaturated(nowNs) ? load.share(part, WINDOW_NS) - used : Integer.MAX_VALUE;
  }

  void use() {
    used++;
    if (staked) {
      load.add(1);
    }
  }

  /// Until the next window.
  long pauseNs(long nowNs) {
    return Math.max(0, windowNs + WINDOW_NS - nowNs);
  }
}
