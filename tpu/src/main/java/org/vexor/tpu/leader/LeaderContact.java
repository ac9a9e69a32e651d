package org.vexor.tpu.leader;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.solana.Pubkey;

/// Where a leader takes transactions and votes.
///
/// @param tpu transactions by QUIC
/// @param vote votes by UDP
/// @param voteQuic votes by QUIC
public record LeaderContact(
    Pubkey identity,
    Optional<InetSocketAddress> tpu,
    Optional<InetSocketAddress> vote,
    Optional<InetSocketAddress> voteQuic) {
  /// Whether it can be reached at all.
  public boolean isReachable() {
    return tpu.isPresent() || vote.isPresent() || voteQuic.isPresent();
  }
}
