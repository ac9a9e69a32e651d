package org.vexor.tpu.history;

import org.vexor.solana.Signature;

/// Hears each step. Called by the thread that made the step known, for different transactions at
/// the same time; must not block.
@FunctionalInterface
public interface HistoryListener {
  /// Wants to know nothing.
  HistoryListener NONE = (signature, step, detail) -> {};

  /// A step of a transaction.
  ///
  /// @param detail in words: the leader, the slot, the reason
  void step(Signature signature, Step step, String detail);

  /// What can happen to a transaction.
  enum Step {
    REFUSED,
    ACCEPTED,
    QUEUED,
    SENT,
    ACKNOWLEDGED,
    LOST,
    SEEN,
    EXPIRED,
    ENDED
  }
}
