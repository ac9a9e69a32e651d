package org.vexor.tpu.history;

/// How far a transaction has come. The last of several attempts decides.
public enum Stage {
  /// Never taken; the story says why.
  REFUSED,
  /// Taken, and waiting for a leader to be known.
  ACCEPTED,
  /// It waits for its turn with a leader.
  QUEUED,
  /// Handed to QUIC.
  SENT,
  /// A leader's QUIC has it. Whether its program took it is not known.
  ACKNOWLEDGED,
  /// It is in a block.
  SEEN,
  /// Too old, and in no block that was seen.
  EXPIRED,
  /// Given up for another reason, which the story names.
  ENDED;

  /// Whether nothing follows but, at most, that it is seen after all.
  public boolean isOver() {
    return switch (this) {
      case REFUSED, SEEN, EXPIRED, ENDED -> true;
      case ACCEPTED, QUEUED, SENT, ACKNOWLEDGED -> false;
    };
  }
}
