package org.vexor.localnet;

import org.vexor.turbine.block.BlockListener.AbandonReason;
import org.vexor.turbine.block.BlockSummary;

/// What the leader and the receivers tell the ledger.
sealed interface SlotEvent {
  long slot();

  /// The leader has sent its block out.
  record Produced(long slot, int leader, long firstSentNs, long lastSentNs, MadeBlock block)
      implements SlotEvent {}

  /// The leader was so late that the slot's time had passed.
  record Skipped(long slot, int leader, long lateNs) implements SlotEvent {}

  /// A node has every data shred.
  record Completed(long slot, int node, long atNs, BlockSummary block) implements SlotEvent {}

  /// A node gave the slot up.
  record Abandoned(long slot, int node, AbandonReason reason, BlockSummary partial)
      implements SlotEvent {}
}
