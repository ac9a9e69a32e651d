package org.vexor.gossip.node;

import java.util.function.LongUnaryOperator;

/// When what is due. Agave's periods: gossip/src/cluster_info.rs.
final class GossipTimers {
  private static final long PUSH_MS = 100;
  private static final long PULL_MS = 500;
  private static final long REFRESH_MS = 7_500;
  private static final long PURGE_MS = 1_000;

  private long pushMs;
  private long pullMs;
  private long refreshMs;
  private long purgeMs;

  /// @param phase a time within a period, by which its first end is put forward
  GossipTimers(long nowMs, LongUnaryOperator phase) {
    pushMs = nowMs + phase.applyAsLong(PUSH_MS);
    pullMs = nowMs + phase.applyAsLong(PULL_MS);
    refreshMs = nowMs + REFRESH_MS - phase.applyAsLong(PULL_MS);
    purgeMs = nowMs + phase.applyAsLong(PURGE_MS);
  }

  boolean isPushDue(long nowMs) {
    boolean isDue = nowMs >= pushMs;
    pushMs = isDue ? nowMs + PUSH_MS : pushMs;
    return isDue;
  }

  boolean isPullDue(long nowMs) {
    boolean isDue = nowMs >= pullMs;
    pullMs = isDue ? nowMs + PULL_MS : pullMs;
    return isDue;
  }

  boolean isRefreshDue(long nowMs) {
    boolean isDue = nowMs >= refreshMs;
    refreshMs = isDue ? nowMs + REFRESH_MS : refreshMs;
    return isDue;
  }

  boolean isPurgeDue(long nowMs) {
    boolean isDue = nowMs >= purgeMs;
    purgeMs = isDue ? nowMs + PURGE_MS : purgeMs;
    return isDue;
  }
}
