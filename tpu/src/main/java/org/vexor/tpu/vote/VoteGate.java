package org.vexor.tpu.vote;

import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.solana.vote.TowerSync;

/// Lets a vote account vote upwards only, once for a slot. One thread.
public interface VoteGate {
  /// Decides on a vote, and remembers it when it is admitted.
  ///
  /// @throws IOException when it cannot be remembered; the vote must not be sent then
  GuardVerdict admit(TowerSync tower) throws IOException;

  /// The vote that was admitted last.
  Optional<LastVote> last();

  /// What the last vote allows.
  static GuardVerdict judge(TowerSync tower, Optional<LastVote> last) {
    if (tower.lockouts().isEmpty()) {
      return GuardVerdict.NO_SLOT;
    }
    if (last.isEmpty()) {
      return GuardVerdict.ADMITTED;
    }
    int order = Long.compareUnsigned(tower.lockouts().getLast().slot(), last.get().slot());
    if (order <= 0) {
      return order < 0 ? GuardVerdict.LOWER_SLOT : GuardVerdict.SAME_SLOT;
    }
    OptionalLong root = tower.root();
    OptionalLong than = last.get().root();
    boolean isLower =
        than.isPresent()
            && (root.isEmpty() || Long.compareUnsigned(root.getAsLong(), than.getAsLong()) < 0);
    return isLower ? GuardVerdict.LOWER_ROOT : GuardVerdict.ADMITTED;
  }

  /// Remembers for as long as it lives: for clusters that live no longer than their process.
  static VoteGate inMemory() {
    return new VoteGate() {
      private Optional<LastVote> last = Optional.empty();

      @Override
      public GuardVerdict admit(TowerSync tower) {
        GuardVerdict verdict = judge(tower, last);
        if (verdict == GuardVerdict.ADMITTED) {
          last = Optional.of(LastVote.of(tower));
        }
        return verdict;
      }

      @Override
      public Optional<LastVote> last() {
        return last;
      }
    };
  }
}
