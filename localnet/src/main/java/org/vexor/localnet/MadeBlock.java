package org.vexor.localnet;

import java.util.Optional;
import org.vexor.solana.Hash;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.block.PohResult;

/// What a leader put into a block: every receiver must find the same.
///
/// @param shreds data and code shreds made
/// @param votes votes among the transactions
/// @param signaturesSha256 over the first signature of each transaction
/// @param transactionsSha256 over the transactions' bytes on the wire
record MadeBlock(
    int shreds,
    int entries,
    int transactions,
    int votes,
    Hash lastEntryHash,
    Hash signaturesSha256,
    Hash transactionsSha256) {

  /// Whether a block that was received is this one, to the last transaction and hash. The chain to
  /// the parent is proven by the leader's own last hash, which no other parent leads to.
  boolean isSameAs(BlockSummary block) {
    BlockSummary.Content content = block.content();
    return block.complete()
        && content.entries() == entries
        && content.transactions() == transactions
        && content.poh() != PohResult.INVALID
        && content.pohFollowing() >= entries - 1
        && content.lastEntryHash().equals(Optional.of(lastEntryHash))
        && content
            .digests()
            .filter(
                digests ->
                    digests.firstSignatures().equals(signaturesSha256)
                        && digests.transactions().equals(transactionsSha256))
            .isPresent();
  }
}
