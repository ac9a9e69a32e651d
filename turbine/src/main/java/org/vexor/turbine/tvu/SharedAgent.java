package org.vexor.turbine.tvu;

import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// All stages on one thread: each check in turn, cheapest first, from the lent frame to the block.
final class SharedAgent implements Stage, DatagramHandler {
  private final PacketEngine engine;
  private final SlotWindow window;
  private final VerifyStage next;
  private final IntakeCounters counters;
  private final ShredView shred = new ShredView();

  SharedAgent(PacketEngine engine, SlotWindow window, VerifyStage next, IntakeCounters counters) {
    this.engine = engine;
    this.window = window;
    this.next = next;
    this.counters = counters;
  }

  @Override
  public void onDatagram(PacketPort port, Datagram datagram) {
    counters.received();
    ShredRefusal refusal = shred.parse(datagram.segment(), datagram.offset(), datagram.length());
    if (refusal == ShredRefusal.NONE) {
      refusal = window.filter().check(shred);
    }
    if (refusal == ShredRefusal.NONE) {
      next.take(shred);
    } else {
      counters.refuse(refusal);
    }
  }

  @Override
  public int doWork() {
    return engine.doWork() + next.expire();
  }

  @Override
  public String roleName() {
    return "tvu";
  }

  /// Gives up every slot in flight and closes the engine.
  @Override
  public void onClose() {
    try {
      next.finish();
    } finally {
      engine.close();
    }
  }
}
