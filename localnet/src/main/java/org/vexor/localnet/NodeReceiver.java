package org.vexor.localnet;

import org.agrona.concurrent.Agent;
import org.vexor.turbine.tvu.TvuReceiver;

/// The receiving side of one node: a [TvuReceiver] that gives up what is unfinished when it is
/// closed.
record NodeReceiver(TvuReceiver tvu) implements Agent {
  @Override
  public int doWork() {
    return tvu.doWork();
  }

  @Override
  public void onClose() {
    tvu.finish();
    tvu.onClose();
  }

  @Override
  public String roleName() {
    return tvu.roleName();
  }
}
