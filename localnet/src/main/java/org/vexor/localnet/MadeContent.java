package org.vexor.localnet;

import java.util.List;
import org.vexor.localnet.chain.SeenBlock;
import org.vexor.solana.Hash;
import org.vexor.solana.transaction.Transaction;

/// What a leader has put into a block, for the node that it is: it does not receive its own shreds.
record MadeContent(long slot, long parent, int leader, Hash blockhash, List<Transaction> content) {
  SeenBlock seen() {
    BlockTap tap = new BlockTap();
    content.forEach(tap::add);
    return tap.take(slot, parent, blockhash);
  }
}
