package org.vexor.gossip.node;

import java.util.function.LongUnaryOperator;

/// When what is due. Agave's periods: gossip/src/cluster_info.rs.
final class GossipTimers {
  private static final long PUSH_MS = 100;
  private static final long PULL_MS = 500;
  private static final long REFRESH_MS = 7_500;
  private static final long PURGE_MS = 1_000;

  private final Timer push;
  private final Timer pull;
  private final Timer refresh;
  private final Timer purge;

  /// @param phase a time within a period, by which its first end is put forward
  GossipTimers(long nowMs, LongUnaryOperator phase) {
    push = new Timer(PUSH_MS, nowMs + phase.applyAsLong(PUSH_MS));
    pull = new Timer(PULL_MS, nowMs + phase.applyAsLong(PULL_MS));
    refresh = new Timer(REFRESH_MS, nowMs + REFRESH_MS - phase.applyAsLong(PULL_MS));
    purge = new Timer(PURGE_MS, nowMs + phase.applyAsLong(PURGE_MS));
  }

  boolean isPushDue(long nowMs) {
    return push.isDue(nowMs);
  }

  boolean isPullDue(long nowMs) {
    return pull.isDue(nowMs);
  }

  boolean isRefreshDue(long nowMs) {
    return refresh.isDue(nowMs);
  }

  boolean isPurgeDue(long nowMs) {
    return purge.isDue(nowMs);
  }

  private static final class Timer {
    private final long periodMs;
    private long dueMs;

    private Timer(long periodMs, long firstMs) {
      this.periodMs = periodMs;
      this.dueMs = firstMs;
    }

    /// True once, and again a period after it was.
    private boolean isDue(long nowMs) {
      boolean isDue = nowMs >= dueMs;
      dueMs = isDue ? nowMs + periodMs : dueMs;
      return isDue;
    }
  }
}
