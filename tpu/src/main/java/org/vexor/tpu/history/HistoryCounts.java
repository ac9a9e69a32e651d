package org.vexor.tpu.history;

import java.util.Map;

/// What a history has counted since it began.
///
/// @param steps each step told
/// @param open stories that are not over
/// @param kept stories that can be asked for
/// @param forgotten stories dropped for room
/// @param forgottenOpen of them, those that were not over
public record HistoryCounts(
    Map<HistoryListener.Step, Long> steps,
    long open,
    long kept,
    long forgotten,
    long forgottenOpen) {
  /// Copies the map.
  public HistoryCounts {
    steps = Map.copyOf(steps);
  }

  /// How often a step was told.
  public long of(HistoryListener.Step step) {
    return steps.getOrDefault(step, 0L);
  }
}
