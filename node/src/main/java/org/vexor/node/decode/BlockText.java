package org.vexor.node.decode;

import java.io.PrintWriter;
import java.util.Optional;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.block.BlockSummary.Content;
import org.vexor.turbine.block.SetSummary;

/// A block in a few lines for people.
public final class BlockText {
  private static final int ROOT_CHARACTERS = 8;

  private BlockText() {}

  /// Prints the block, with a line for each thing that can be wrong with it.
  public static void print(PrintWriter out, DecodedBlock reported) {
    BlockSummary block = reported.block();
    Content content = block.content();
    out.printf(
        "slot %d  %s  parent %s  shred version %d%n",
        block.slot(),
        block.complete() ? "complete" : block.lastInSlot() ? "incomplete" : "incomplete, no end",
        block.parentSlot().isPresent() ? block.parentSlot().getAsLong() : "unknown",
        block.shredVersion());
    out.printf(
        "  shreds        %d received, %d recovered, %d duplicates, rejected: %s%n",
        block.shreds(),
        block.recovered(),
        block.duplicates(),
        DecodedBlock.list(reported.rejected()));
    for (SetSummary set : block.fecSets()) {
      out.printf(
          "  set %-9d %d data, %d code  root %s  after %s%s%s%n",
          set.fecSetIndex(),
          set.data(),
          set.code(),
          brief(Optional.of(set.merkleRoot())),
          brief(set.chainedRoot()),
          set.resigned() ? "  resigned" : "",
          set.discarded() ? "  discarded: what was recovered has another root" : "");
    }
    out.printf(
        "  entries       %d in %d batches, %d ticks, %d hashes, proof of history %s%n",
        content.entries(),
        block.batches().size(),
        content.ticks(),
        content.sumNumHashes(),
        DecodedBlock.name(content.poh()));
    out.printf(
        "  transactions  %d%s%n",
        content.transactions(),
        content.transactionSignaturesValid().isPresent()
            ? ", %d with valid signatures"
                .formatted(content.transactionSignaturesValid().getAsInt())
            : "");
    content.lastEntryHash().ifPresent(hash -> out.printf("  last entry    %s%n", hash));
  }

  private static String brief(Optional<?> root) {
    return root.map(value -> value.toString().substring(0, ROOT_CHARACTERS)).orElse("nothing");
  }
}
