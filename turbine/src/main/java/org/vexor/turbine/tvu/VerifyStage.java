package org.vexor.turbine.tvu;

import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.shred.ShredView;
import org.vexor.turbine.verify.ShredVerifier;
import org.vexor.turbine.verify.VerifyOutcome;

/// What happens to a shred that passed the filter: its root, its leader's signature, its block. One
/// owner.
final class VerifyStage {
  private final SlotWindow window;
  private final ShredVerifier verifier;
  private final BlockAssembler assembler;
  private final IntakeCounters counters;

  VerifyStage(
      SlotWindow window,
      ShredVerifier verifier,
      BlockAssembler assembler,
      IntakeCounters counters) {
    this.window = window;
    this.verifier = verifier;
    this.assembler = assembler;
    this.counters = counters;
  }

  /// Takes a whole shred.
  void take(ShredView shred) {
    VerifyOutcome outcome = verifier.verify(shred);
    if (outcome != VerifyOutcome.VERIFIED) {
      counters.unverified(outcome);
      return;
    }
    window.seen(shred.slot());
    assembler.offer(shred, verifier.root(), 0);
  }

  /// Gives up slots whose time has passed.
  int expire() {
    return assembler.expire();
  }

  /// Gives up every slot in flight, so that the listener hears of each.
  void finish() {
    assembler.finish();
  }
}
