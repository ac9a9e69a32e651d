package org.vexor.tpu.send;

/// What the sender says to a request at once.
public enum Submission {
  /// It will be tried, and its ending will be told.
  ACCEPTED,

  /// The same signature is under way, or was a short while ago.
  DUPLICATE,

  /// No bytes.
  EMPTY,

  /// More bytes than any leader takes.
  TOO_LARGE,

  /// Its last valid slot is over.
  STALE,

  /// It names no target, and no leader is known.
  NO_TARGET,

  /// As much is under way as the sender may hold.
  FULL,

  /// The sender is closed.
  CLOSED
}
