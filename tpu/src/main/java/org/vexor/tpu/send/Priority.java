package org.vexor.tpu.send;

/// What goes first where a leader grants less than is waiting for it. Within one it is first in,
/// first out.
public enum Priority {
  /// Votes, and whatever else is worth nothing when late.
  HIGH,
  NORMAL,

  /// What may wait: second attempts.
  LOW
}
