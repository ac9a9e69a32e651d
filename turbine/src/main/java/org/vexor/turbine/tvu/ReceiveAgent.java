package org.vexor.turbine.tvu;

import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.frame.FrameQueue;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// The first stage on a thread of its own: drives the engine, filters by the headers in the lent
/// frame, and hands what passes to the thread that verifies, where it lies. Nothing is copied but
/// the headers, nothing allocated.
final class ReceiveAgent implements Stage, DatagramHandler {
  private final PacketEngine engine;
  private final SlotWindow window;
  private final FrameQueue queue;
  private final IntakeCounters counters;
  private final ShredView headers = new ShredView();

  ReceiveAgent(PacketEngine engine, SlotWindow window, FrameQueue queue, IntakeCounters counters) {
    this.engine = engine;
    this.window = window;
    this.queue = queue;
    this.counters = counters;
  }

  @Override
  public void onDatagram(PacketPort port, Datagram datagram) {
    counters.received();
    ShredRefusal refusal =
        headers.parseHeaders(datagram.segment(), datagram.offset(), datagram.length());
    if (refusal == ShredRefusal.NONE) {
      refusal = window.filter().check(headers);
    }
    if (refusal != ShredRefusal.NONE) {
      counters.refuse(refusal);
      return;
    }
    switch (queue.offer(datagram)) {
      case TAKEN -> {}
      case FULL -> counters.shed(ShedReason.VERIFY_QUEUE_FULL);
      case NOT_RETAINED -> counters.shed(ShedReason.NO_FRAME_TO_SPARE);
    }
  }

  @Override
  public int doWork() {
    return engine.doWork();
  }

  @Override
  public String roleName() {
    return "tvu-receive";
  }

  /// Closes the engine; what is queued stays good.
  @Override
  public void onClose() {
    engine.close();
  }
}
