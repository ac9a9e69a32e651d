package org.vexor.turbine.tvu;

import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketPort;
import org.vexor.turbine.block.BlockAssembler;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;
import org.vexor.turbine.verify.ShredVerifier;
import org.vexor.turbine.verify.VerifyOutcome;

/// What happens to one datagram, from the frame to the block: each check in turn, cheapest first.
/// One owner.
final class ShredIntake implements DatagramHandler {
  private final SlotWindow window;
  private final ShredVerifier verifier;
  private final BlockAssembler assembler;
  private final IntakeCounters counters;
  private final ShredView shred = new ShredView();

  ShredIntake(
      SlotWindow window,
      ShredVerifier verifier,
      BlockAssembler assembler,
      IntakeCounters counters) {
    this.window = window;
    this.verifier = verifier;
    this.assembler = assembler;
    this.counters = counters;
  }

  @Override
  public void onDatagram(PacketPort port, Datagram datagram) {
    counters.received();
    ShredRefusal refusal = shred.parse(datagram.segment(), datagram.offset(), datagram.length());
    if (refusal == ShredRefusal.NONE) {
      refusal = window.filter().check(shred);
    }
    if (refusal != ShredRefusal.NONE) {
      counters.refuse(refusal);
      return;
    }
    VerifyOutcome outcome = verifier.verify(shred);
    if (outcome != VerifyOutcome.VERIFIED) {
      counters.unverified(outcome);
      return;
    }
    window.seen(shred.slot());
    assembler.offer(shred, verifier.root(), 0);
  }
}
