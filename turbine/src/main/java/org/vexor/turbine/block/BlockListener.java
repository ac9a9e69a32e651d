package org.vexor.turbine.block;

/// Hears of slots that are done with, on the assembler's thread. Of each slot that had a shred kept
/// one of the two is called, once.
public interface BlockListener {
  /// All data shreds of the slot were here.
  void finished(BlockSummary block);

  /// The slot was given up before that.
  ///
  /// @param partial what came of it
  void abandoned(BlockSummary partial, AbandonReason reason);

  /// Why a slot was given up.
  enum AbandonReason {
    /// It had its time.
    TOO_OLD,
    /// A newer slot needed its place.
    TOO_MANY_SLOTS,
    /// Memory was needed.
    TOO_MUCH_MEMORY,
    /// What was recovered contradicts what was received, or what the leader signed: this can be no
    /// block.
    CONTRADICTORY,
    /// The shreds ended with the slot unfinished.
    END_OF_INPUT
  }
}
