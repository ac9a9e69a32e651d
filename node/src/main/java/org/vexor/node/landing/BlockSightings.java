package org.vexor.node.landing;

import java.util.ArrayList;
import java.util.List;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;
import org.vexor.turbine.block.TransactionVisitor;

/// Writes down what the block that passes holds, and tells it when the block is complete. One
/// thread.
public final class BlockSightings implements TransactionVisitor, BlockListener {
  private final ClusterFeed.CompleteBlocks listener;
  private List<Signature> signatures = new ArrayList<>();

  /// @param listener of complete blocks
  public BlockSightings(ClusterFeed.CompleteBlocks listener) {
    this.listener = listener;
  }

  @Override
  public void transaction(TransactionView transaction) {
    signatures.add(Signature.of(transaction.bytes(), transaction.signatureOffset(0)));
  }

  @Override
  public void finished(BlockSummary block) {
    List<Signature> all = signatures;
    signatures = new ArrayList<>();
    listener.complete(block.slot(), all);
  }

  /// What is not whole may be no block.
  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    signatures = new ArrayList<>();
  }
}
