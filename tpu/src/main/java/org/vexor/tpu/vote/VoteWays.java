package org.vexor.tpu.vote;

import java.util.Optional;
import org.vexor.tpu.leader.PlannedLeader;

/// How votes leave.
///
/// @param datagrams to the next leaders by UDP, as a default of the field (agave
///   core/src/voting_service.rs)
/// @param streams to those that take votes by QUIC, from staked clients only
/// @param gossip to everybody
public record VoteWays(
    Optional<VoteDatagrams> datagrams, Optional<VoteStreams> streams, Optional<VoteGossip> gossip) {
  /// @throws IllegalArgumentException when there is no way at all
  public VoteWays {
    if (datagrams.isEmpty() && streams.isEmpty() && gossip.isEmpty()) {
      throw new IllegalArgumentException("votes must leave by UDP, QUIC or gossip");
    }
  }

  /// By UDP alone.
  public static VoteWays udp(VoteDatagrams datagrams) {
    return new VoteWays(Optional.of(datagrams), Optional.empty(), Optional.empty());
  }

  public VoteWays withStreams(VoteStreams quic) {
    return new VoteWays(datagrams, Optional.of(quic), gossip);
  }

  public VoteWays withGossip(VoteGossip by) {
    return new VoteWays(datagrams, streams, Optional.of(by));
  }

  /// Whether a vote can be sent to a leader itself.
  boolean reach(PlannedLeader leader) {
    return (datagrams.isPresent() && leader.contact().vote().isPresent())
        || (streams.isPresent() && leader.contact().voteQuic().isPresent());
  }
}
