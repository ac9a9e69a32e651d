package org.vexor.localnet;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vexor.localnet.chain.SeenBlock;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;

/// Tells the ledger what one node has got, and the node itself what is in it.
///
/// @param tap of the same receiver
/// @param seen takes blocks that are complete
record NodeBlocks(
    int node,
    LongSupplier clockNs,
    Consumer<SlotEvent> events,
    BlockTap tap,
    Consumer<SeenBlock> seen)
    implements BlockListener {
  @Override
  public void finished(BlockSummary block) {
    events.accept(new SlotEvent.Completed(block.slot(), node, clockNs.getAsLong(), block));
    if (block.parentSlot().isPresent() && block.content().lastEntryHash().isPresent()) {
      seen.accept(
          tap.take(
              block.slot(), block.parentSlot().getAsLong(), block.content().lastEntryHash().get()));
    } else {
      tap.forget();
    }
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    tap.forget();
    events.accept(new SlotEvent.Abandoned(partial.slot(), node, reason, partial));
  }
}
