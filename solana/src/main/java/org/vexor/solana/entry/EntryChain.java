package org.vexor.solana.entry;

import java.util.List;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.Transaction;

/// Makes entries, each following from the one before, as a leader does. One thread at a time.
public final class EntryChain {
  private final Poh poh;
  private final SignatureMixin mixin = new SignatureMixin();
  private final byte[] root = new byte[Hash.LENGTH];

  /// A chain behind `previous`, the hash of the last entry of the parent block.
  public EntryChain(Hash previous) {
    poh = new Poh(previous);
  }

  /// An entry without transactions, `numHashes` further.
  public Entry tick(long numHashes) {
    poh.tick(numHashes);
    return new Entry(numHashes, poh.current(), List.of());
  }

  /// An entry that takes in `transactions` with the last of `numHashes` hashes.
  ///
  /// @throws IllegalArgumentException when there is no transaction or no hash to take them in with
  public Entry record(long numHashes, List<Transaction> transactions) {
    if (transactions.isEmpty() || numHashes < 1) {
      throw new IllegalArgumentException(
          "recording needs a transaction and a hash, got "
              + transactions.size()
              + " and "
              + numHashes);
    }
    mixin.clear();
    for (Transaction transaction : transactions) {
      for (Signature signature : transaction.signatures()) {
        mixin.add(signature.bytes(), 0);
      }
    }
    mixin.root(root, 0);
    poh.record(numHashes, root, 0);
    return new Entry(numHashes, poh.current(), transactions);
  }

  /// Where the chain stands.
  public Hash current() {
    return poh.current();
  }
}
