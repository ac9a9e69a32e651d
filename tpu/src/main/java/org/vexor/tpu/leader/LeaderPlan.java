package org.vexor.tpu.leader;

import java.util.List;
import java.util.Optional;

/// Whom to send to at one moment.
///
/// @param estimate which slot it is
/// @param targets to send to, the most likely current leader first, each once
/// @param warm to be connected to beforehand: those of the windows that come
/// @param troubles what is not known, and why there may be fewer targets than wanted
public record LeaderPlan(
    Optional<SlotEstimate> estimate,
    List<PlannedLeader> targets,
    List<PlannedLeader> warm,
    List<Trouble> troubles) {
  /// Copies the lists.
  public LeaderPlan {
    targets = List.copyOf(targets);
    warm = List.copyOf(warm);
    troubles = List.copyOf(troubles);
  }
}
