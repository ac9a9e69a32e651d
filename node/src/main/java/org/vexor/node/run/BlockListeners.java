package org.vexor.node.run;

import java.util.List;
import org.vexor.turbine.block.BlockListener;
import org.vexor.turbine.block.BlockSummary;

/// Several that hear of blocks, told in their order.
///
/// @param all of them
public record BlockListeners(List<BlockListener> all) implements BlockListener {
  public BlockListeners {
    all = List.copyOf(all);
  }

  @Override
  public void finished(BlockSummary block) {
    all.forEach(each -> each.finished(block));
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    all.forEach(each -> each.abandoned(partial, reason));
  }
}
