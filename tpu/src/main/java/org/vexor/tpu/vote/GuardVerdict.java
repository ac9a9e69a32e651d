package org.vexor.tpu.vote;

/// What the guard says to a vote.
public enum GuardVerdict {
  /// Recorded on disk; it may be sent.
  ADMITTED,
  /// The last vote was for a later slot.
  LOWER_SLOT,
  /// There was a vote for this very slot, the same or another.
  SAME_SLOT,
  /// Its root is below the root of the last vote, or has gone.
  LOWER_ROOT,
  /// It votes for no slot.
  NO_SLOT
}
