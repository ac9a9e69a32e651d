package org.vexor.tpu.send;

import java.util.List;
import org.vexor.solana.Signature;

/// A transaction to be sent.
///
/// @param signature its first, by which it is known from then on
/// @param transaction its bytes, signed, as they go on the wire; not copied, so they must not
///   change
/// @param lastValidSlot after this slot it is no longer sent; [#NO_LIMIT] where unknown
/// @param targets whom to send it to at once; empty for whom the sender's [LeaderSource] names
@SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
public record SendRequest(
    Signature signature,
    byte[] transaction,
    long lastValidSlot,
    Priority priority,
    List<TpuTarget> targets) {
  /// Only the sender's own time limit ends it.
  public static final long NO_LIMIT = Long.MAX_VALUE;

  public SendRequest {
    targets = List.copyOf(targets);
  }

  /// With ordinary priority, to whoever leads.
  public static SendRequest of(Signature signature, byte[] transaction, long lastValidSlot) {
    return new SendRequest(signature, transaction, lastValidSlot, Priority.NORMAL, List.of());
  }

  public SendRequest withPriority(Priority other) {
    return new SendRequest(signature, transaction, lastValidSlot, other, targets);
  }

  public SendRequest withTargets(List<TpuTarget> others) {
    return new SendRequest(signature, transaction, lastValidSlot, priority, others);
  }
}
