package org.vexor.tpu.vote;

/// Tells votes by gossip. On the thread of its [VoteSender]; must not block.
@FunctionalInterface
public interface VoteGossip {
  /// Publishes a vote transaction as a CRDS vote.
  ///
  /// @param slot the last one voted for
  /// @return false when it could not be published
  boolean publish(byte[] transaction, long slot);
}
