package org.vexor.tpu.vote;

import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.solana.vote.TowerSync;

/// The vote that was recorded last.
///
/// @param slot the last slot of its tower
/// @param root of its tower
/// @param bankHash of that slot
public record LastVote(long slot, OptionalLong root, Hash bankHash) {
  /// What remains of a tower that votes for at least one slot.
  static LastVote of(TowerSync tower) {
    return new LastVote(tower.lockouts().getLast().slot(), tower.root(), tower.bankHash());
  }
}
