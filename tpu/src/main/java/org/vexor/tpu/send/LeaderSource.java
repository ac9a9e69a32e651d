package org.vexor.tpu.send;

import java.util.List;

/// Names those who lead now and next, so that a transaction can be sent again to others than at
/// first. Called from any thread, for each transaction; must be quick.
@FunctionalInterface
public interface LeaderSource {
  /// Knows nobody: every request names its targets, and goes to the same again.
  LeaderSource NONE = List::of;

  /// In order of preference, each once; empty while nobody is known.
  List<TpuTarget> leaders();
}
