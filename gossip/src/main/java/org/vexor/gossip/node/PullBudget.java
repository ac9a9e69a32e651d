package org.vexor.gossip.node;

import org.vexor.solana.Pubkey;

/// How many bytes may go out in pull responses: a bucket for all of them, which fills with the
/// number of staked nodes as Agave's does, and one for each caller.
final class PullBudget {
  private static final int BYTES_PER_STAKED = 1024;
  private static final int INTERVAL_MS = 100;
  private static final int BURST_INTERVALS = 5;

  /// What Agave gave to the smallest cluster until 2023: two nodes' worth.
  private static final int MINIMUM_BYTES = 2 * 5000;

  private static final int MAXIMUM_CALLERS = 16_384;

  /// A caller asks for eight of 64 parts twice a second; in a cluster of two all of them from one
  /// node.
  private static final double CALLER_BYTES_PER_SECOND = 1 << 18;

  private final SenderBudgets<Pubkey> callers =
      new SenderBudgets<>(
          CALLER_BYTES_PER_SECOND, BURST_INTERVALS * CALLER_BYTES_PER_SECOND, MAXIMUM_CALLERS);
  private double bytes;
  private double limit;
  private long atMs = Long.MIN_VALUE;

  /// Lets time pass.
  void refill(int stakedCount, long nowMs) {
    double perInterval = Math.max(MINIMUM_BYTES, (double) BYTES_PER_STAKED * stakedCount);
    limit = BURST_INTERVALS * perInterval;
    double earned = atMs == Long.MIN_VALUE ? limit : perInterval * (nowMs - atMs) / INTERVAL_MS;
    bytes = Math.min(limit, bytes + Math.max(0, earned));
    atMs = nowMs;
  }

  /// Bytes that may go to a caller now.
  int available(Pubkey caller, long nowMs) {
    return (int) Math.min(bytes, callers.left(caller, nowMs));
  }

  void spend(Pubkey caller, int count, long nowMs) {
    bytes -= count;
    callers.charge(caller, count, nowMs);
  }
}
