package org.vexor.turbine.tvu;

import java.lang.foreign.MemorySegment;
import org.vexor.packet.frame.FrameQueue;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// The second stage on a thread of its own: verifies what passed the filter and assembles blocks.
final class VerifyAgent implements Stage, FrameQueue.Taker {
  /// Frames between two looks at what else there is to do; each takes a few microseconds.
  private static final int LIMIT = 64;

  private final FrameQueue queue;
  private final SlotWindow window;
  private final VerifyStage stage;
  private final IntakeCounters counters;
  private final ShredView shred = new ShredView();

  VerifyAgent(FrameQueue queue, SlotWindow window, VerifyStage stage, IntakeCounters counters) {
    this.queue = queue;
    this.window = window;
    this.stage = stage;
    this.counters = counters;
  }

  @Override
  public void onFrame(MemorySegment segment, long offset, int length, long receivedNs) {
    ShredRefusal refusal = shred.parse(segment, offset, length);
    if (refusal == ShredRefusal.NONE) {
      // What was verified since the first stage looked may have moved the window on.
      refusal = window.filter().check(shred);
    }
    if (refusal == ShredRefusal.NONE) {
      stage.take(shred);
    } else {
      counters.refuseQueued(refusal);
    }
  }

  @Override
  public int doWork() {
    return queue.drain(this, LIMIT) + stage.expire();
  }

  @Override
  public String roleName() {
    return "tvu-verify";
  }

  /// Verifies what is queued and gives up every slot in flight. To be closed after the stage
  /// before.
  @Override
  public void onClose() {
    queue.close();
    while (queue.drain(this, LIMIT) > 0) {
      // Bounded: nothing is offered any more.
    }
    stage.finish();
  }
}
