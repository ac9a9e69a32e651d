package org.vexor.localnet;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;

/// Tells the ledger what one node has got.
record NodeBlocks(int node, LongSupplier clockNs, Consumer<SlotEvent> events)
    implements BlockListener {
  @Override
  public void finished(BlockSummary block) {
    events.accept(new SlotEvent.Completed(block.slot(), node, clockNs.getAsLong(), block));
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    events.accept(new SlotEvent.Abandoned(partial.slot(), node, reason, partial));
  }
}
