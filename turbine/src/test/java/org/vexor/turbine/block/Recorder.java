package org.vexor.turbine.block;

import java.util.ArrayList;
import java.util.List;

/// Remembers what an assembler says.
final class Recorder implements BlockListener {
  final List<BlockSummary> finished = new ArrayList<>();
  final List<BlockSummary> abandoned = new ArrayList<>();
  final List<AbandonReason> reasons = new ArrayList<>();

  @Override
  public void finished(BlockSummary block) {
    finished.add(block);
  }

  @Override
  public void abandoned(BlockSummary partial, AbandonReason reason) {
    abandoned.add(partial);
    reasons.add(reason);
  }
}
