package org.vexor.localnet;

import java.util.ArrayList;
import java.util.List;
import org.vexor.localnet.chain.SeenBlock;
import org.vexor.localnet.chain.SeenBlock.SeenVote;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.solana.vote.VoteReading;
import org.vexor.solana.vote.VoteTransactions;
import org.vexor.turbine.block.TransactionVisitor;

/// Writes down the transactions of the block that passes. One thread.
final class BlockTap implements TransactionVisitor {
  private final TransactionView view = new TransactionView();
  private List<Signature> signatures = new ArrayList<>();
  private List<SeenVote> votes = new ArrayList<>();

  @Override
  public void transaction(TransactionView transaction) {
    signatures.add(Signature.of(transaction.bytes(), transaction.signatureOffset(0)));
    if (VoteTransactions.read(transaction) instanceof VoteReading.Vote vote) {
      votes.add(new SeenVote(vote.voteAccount(), vote.vote().tower()));
    }
  }

  void add(Transaction transaction) {
    byte[] bytes = transaction.toByteArray();
    if (view.parseExact(bytes, 0, bytes.length) == TransactionRefusal.NONE) {
      transaction(view);
    }
  }

  /// What was written down, as a block; begins anew.
  SeenBlock take(long slot, long parent, Hash blockhash) {
    SeenBlock block = new SeenBlock(slot, parent, blockhash, signatures, votes);
    forget();
    return block;
  }

  /// The block came to nothing.
  void forget() {
    signatures = new ArrayList<>();
    votes = new ArrayList<>();
  }
}
