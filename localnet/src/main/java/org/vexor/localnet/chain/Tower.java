package org.vexor.localnet.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.solana.vote.Lockout;
import org.vexor.solana.vote.TowerSync;

/// The votes of one node: each new one confirms those below it, which doubles for how long they
/// bind; the 32nd roots the oldest (solana vote program, process_next_vote_slot). One thread.
public final class Tower {
  private final List<Lockout> lockouts = new ArrayList<>();
  private OptionalLong root = OptionalLong.empty();

  /// Votes for a slot above the last.
  ///
  /// @param bankHash a localnet has no bank: the hash that stands for it
  /// @param blockId which block of that slot
  public TowerSync vote(long slot, Hash bankHash, long timestampSeconds, Hash blockId) {
    while (!lockouts.isEmpty() && bindsUntil(lockouts.getLast()) < slot) {
      lockouts.removeLast();
    }
    if (lockouts.size() == TowerSync.MAXIMUM_LOCKOUTS) {
      root = OptionalLong.of(lockouts.removeFirst().slot());
    }
    lockouts.add(new Lockout(slot, 1));
    int depth = lockouts.size();
    for (int i = 0; i < depth; i++) {
      Lockout lockout = lockouts.get(i);
      if (depth > i + lockout.confirmationCount()) {
        lockouts.set(i, new Lockout(lockout.slot(), lockout.confirmationCount() + 1));
      }
    }
    return new TowerSync(root, lockouts, bankHash, OptionalLong.of(timestampSeconds), blockId);
  }

  private static long bindsUntil(Lockout lockout) {
    return lockout.slot() + (1L << lockout.confirmationCount());
  }
}
