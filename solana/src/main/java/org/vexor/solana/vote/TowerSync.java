package org.vexor.solana.vote;

import java.util.List;
import java.util.OptionalLong;
import org.vexor.solana.Hash;

/// A validator's whole tower, as its vote states it.
///
/// @param root the last rooted slot; absent before the first
/// @param lockouts oldest first, slots above the root and rising; at most [#MAXIMUM_LOCKOUTS]
/// @param bankHash of the state after the last slot voted for
/// @param timestampSeconds Unix time the validator saw
/// @param blockId of the last slot voted for
public record TowerSync(
    OptionalLong root,
    List<Lockout> lockouts,
    Hash bankHash,
    OptionalLong timestampSeconds,
    Hash blockId) {
  /// Votes a tower keeps (agave vote program MAX_LOCKOUT_HISTORY).
  public static final int MAXIMUM_LOCKOUTS = 31;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException when the wire cannot carry it: slots that fall, or too many
  public TowerSync {
    lockouts = List.copyOf(lockouts);
    if (lockouts.size() > MAXIMUM_LOCKOUTS) {
      throw new IllegalArgumentException(
          "a tower has at most " + MAXIMUM_LOCKOUTS + " lockouts, not " + lockouts.size());
    }
    long previous = root.orElse(0);
    for (Lockout lockout : lockouts) {
      if (Long.compareUnsigned(lockout.slot(), previous) < 0) {
        throw new IllegalArgumentException(
            "slot " + lockout.slot() + " follows slot " + previous + " in a tower; slots rise");
      }
      previous = lockout.slot();
    }
  }
}
