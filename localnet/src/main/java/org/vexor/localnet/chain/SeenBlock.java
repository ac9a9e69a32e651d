package org.vexor.localnet.chain;

import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.vote.TowerSync;

/// A complete block, as one node has it.
///
/// @param blockhash hash of the last entry
/// @param transactions first signature of each
/// @param votes those among them
public record SeenBlock(
    long slot, long parent, Hash blockhash, List<Signature> transactions, List<SeenVote> votes) {
  /// Copies the lists.
  public SeenBlock {
    transactions = List.copyOf(transactions);
    votes = List.copyOf(votes);
  }

  /// A vote in a block.
  public record SeenVote(Pubkey voteAccount, TowerSync tower) {}
}
