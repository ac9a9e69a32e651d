package org.vexor.solana.entry;

import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.transaction.Transaction;

/// Transactions of a block and the place in the hash chain where they were taken in; a tick when
/// there are none.
///
/// @param numHashes hashes since the entry before, unsigned
/// @param hash of the chain after this entry
public record Entry(long numHashes, Hash hash, List<Transaction> transactions) {
  /// Copies the list.
  public Entry {
    transactions = List.copyOf(transactions);
  }

  /// Whether it only marks time.
  public boolean isTick() {
    return transactions.isEmpty();
  }
}
