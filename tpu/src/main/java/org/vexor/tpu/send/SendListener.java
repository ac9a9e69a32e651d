package org.vexor.tpu.send;

import org.vexor.solana.Signature;

/// Is told what becomes of accepted transactions. Called on event loops and on the threads that
/// submit, for different transactions at the same time; must not block.
public interface SendListener {
  /// Wants to know nothing.
  SendListener NONE = new SendListener() {};

  /// It waits for its turn with this target.
  default void queued(Signature signature, TpuTarget target) {}

  /// All of it was handed to QUIC.
  ///
  /// @param waitedNs since it was queued
  default void sent(Signature signature, TpuTarget target, long waitedNs) {}

  /// The target's QUIC has all of it. Whether its program took it is not known.
  ///
  /// @param tookNs since it was sent; acknowledgements are told in the order of sending, so one
  ///   that was overtaken by a retransmission before it comes late
  default void acknowledged(Signature signature, TpuTarget target, long tookNs) {}

  /// This attempt came to nothing.
  ///
  /// @param detail in words, such as what the leader said when it closed; may be empty
  default void lost(Signature signature, TpuTarget target, LossReason reason, String detail) {}

  /// The last call for this signature. Attempts still under way are not told any more.
  default void ended(Signature signature, Ending ending) {}
}
