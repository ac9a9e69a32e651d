package org.vexor.gossip.message;

import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.solana.Pubkey;

/// What one datagram of gossip says.
public sealed interface GossipMessage
    permits GossipMessage.PullRequest,
        GossipMessage.PullResponse,
        GossipMessage.Push,
        GossipMessage.Prune,
        Ping,
        Pong {
  /// Who sent it, by its own word.
  Pubkey from();

  /// Send me what I lack of this part.
  ///
  /// @param caller the contact info of the one who asks; any other value is for the receiver to
  ///   refuse
  record PullRequest(CrdsFilter filter, CrdsValue caller) implements GossipMessage {
    @Override
    public Pubkey from() {
      return caller.data().owner();
    }
  }

  /// What you lacked.
  record PullResponse(Pubkey from, List<CrdsValue> values) implements GossipMessage {
    public PullResponse {
      values = List.copyOf(values);
    }
  }

  /// News. The sender relays them; each value is signed by its owner.
  record Push(Pubkey from, List<CrdsValue> values) implements GossipMessage {
    public Push {
      values = List.copyOf(values);
    }
  }

  /// Do not push me values of these owners.
  record Prune(PruneData data) implements GossipMessage {
    @Override
    public Pubkey from() {
      return data.owner();
    }
  }
}
