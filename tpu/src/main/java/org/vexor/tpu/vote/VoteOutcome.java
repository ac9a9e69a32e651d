package org.vexor.tpu.vote;

import java.util.List;
import java.util.Optional;
import org.vexor.solana.Signature;
import org.vexor.tpu.leader.Trouble;

/// What became of a vote that was to be sent.
public sealed interface VoteOutcome {
  /// It was recorded and left.
  ///
  /// @param deliveries each leader and way
  /// @param gossiped whether gossip took it
  record Sent(Signature signature, long slot, List<VoteDelivery> deliveries, boolean gossiped)
      implements VoteOutcome {
    /// Copies the list.
    public Sent {
      deliveries = List.copyOf(deliveries);
    }
  }

  /// The guard refused it; nothing left.
  record Refused(GuardVerdict why, Optional<LastVote> last) implements VoteOutcome {}

  /// Nobody to send it to is known; nothing was recorded, and it may be tried again.
  record NobodyKnown(List<Trouble> troubles) implements VoteOutcome {
    /// Copies the list.
    public NobodyKnown {
      troubles = List.copyOf(troubles);
    }
  }
}
