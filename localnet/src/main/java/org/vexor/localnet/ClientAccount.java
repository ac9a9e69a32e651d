package org.vexor.localnet;

import org.vexor.tpu.history.HistoryCounts;
import org.vexor.tpu.history.HistoryListener.Step;
import org.vexor.tpu.history.LeaderStatistics;
import org.vexor.tpu.history.TransactionHistory;

/// What became of the transactions that were sent by QUIC.
///
/// @param sent taken for sending
/// @param landed seen in a block of the first node
/// @param expired too old, in no block
/// @param ended given up for another reason
/// @param open not over at the end of the run
/// @param landP50Ns from taken to seen in a block of the leader it was sent to, half of them at
///   most, at the slowest leader
public record ClientAccount(
    long sent, long landed, long expired, long ended, long open, long landP50Ns) {
  static ClientAccount of(TransactionHistory history) {
    HistoryCounts counts = history.counts();
    long sent = counts.of(Step.ACCEPTED);
    long landed = counts.of(Step.SEEN);
    long expired = counts.of(Step.EXPIRED);
    long ended = counts.of(Step.ENDED) + counts.of(Step.REFUSED);
    long p50 = history.leaders().stream().mapToLong(LeaderStatistics::landP50Ns).max().orElse(0);
    return new ClientAccount(
        sent, landed, expired, ended, Math.max(0, sent - landed - expired - ended), p50);
  }
}
