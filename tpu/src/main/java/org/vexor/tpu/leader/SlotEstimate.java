package org.vexor.tpu.leader;

/// Which slot it is, as far as can be told.
///
/// @param slot the most likely
/// @param earliest the lowest that it may be
/// @param latest the highest that it may be
/// @param basis what it rests on
/// @param ageNs since a source last told of a new slot
public record SlotEstimate(long slot, long earliest, long latest, Basis basis, long ageNs) {
  /// What an estimate rests on.
  public enum Basis {
    /// Shreds that arrive.
    SHREDS,
    /// A node that is asked.
    RPC,
    /// Nothing but time, since every source fell silent.
    COASTING
  }
}
