package org.vexor.tpu.history;

import org.vexor.solana.Pubkey;

/// How one leader served us.
///
/// @param sent transactions handed to QUIC for it
/// @param acknowledged of them
/// @param landed of them, in blocks of its own
/// @param acknowledgeP50Ns from queued to acknowledged, half of them at most
/// @param acknowledgeP99Ns 99 of 100
/// @param landP50Ns from accepted to seen in its block
/// @param landP99Ns 99 of 100
/// @param acknowledgeTimes all the times until acknowledged
/// @param landTimes all the times until seen in its block
public record LeaderStatistics(
    Pubkey leader,
    long sent,
    long acknowledged,
    long landed,
    long acknowledgeP50Ns,
    long acknowledgeP99Ns,
    long landP50Ns,
    long landP99Ns,
    LatencyCounts acknowledgeTimes,
    LatencyCounts landTimes) {
  /// Landed of sent, 0 to 1; 0 when nothing was sent. Counts a transaction that went to several
  /// leaders at each of them, so that the rates of leaders that share the work are below 1.
  public double landingRate() {
    return sent == 0 ? 0 : (double) landed / sent;
  }
}
