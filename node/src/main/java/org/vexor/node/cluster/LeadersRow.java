package org.vexor.node.cluster;

import java.util.List;
import java.util.Map;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;
import org.vexor.node.status.ComponentStatus.State;

/// The row of the leader schedule: degraded while its source does not answer.
public final class LeadersRow implements ComponentSource {
  private final EpochFollower follower;

  public LeadersRow(EpochFollower follower) {
    this.follower = follower;
  }

  @Override
  public List<ComponentStatus> status() {
    EpochFollower.Known known = follower.known();
    String what = "epoch %d, leaders known to slot %d".formatted(known.epoch(), known.lastSlot());
    return List.of(
        new ComponentStatus(
            "Leaders",
            known.failing().isEmpty() ? State.READY : State.DEGRADED,
            known.failing().map(why -> what + "; " + why).orElse(what),
            follower.stakes().size() + " identities with stake",
            known.failing().isEmpty() ? "" : "see to it that " + follower.source() + " answers",
            Map.of(
                "epoch", known.epoch(),
                "last_slot", known.lastSlot(),
                "failures", known.failures())));
  }
}
