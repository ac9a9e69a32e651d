package org.vexor.localnet.chain;

import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.vexor.solana.Pubkey;
import org.vexor.solana.vote.TowerSync;

/// How far the stake agrees, by the votes in blocks. Guarded by its view's lock.
final class Agreement {
  private final Map<Pubkey, Long> stakes;
  private final long total;
  private final Map<Pubkey, Standing> standings = new HashMap<>();

  private record Standing(long voted, long root) {}

  /// @param stakes lamports, by vote account
  Agreement(Map<Pubkey, Long> stakes) {
    this.stakes = Map.copyOf(stakes);
    total = stakes.values().stream().mapToLong(Long::longValue).sum();
  }

  void voted(Pubkey voteAccount, TowerSync tower) {
    if (!stakes.containsKey(voteAccount) || tower.lockouts().isEmpty()) {
      return;
    }
    Standing now = new Standing(tower.lockouts().getLast().slot(), tower.root().orElse(0));
    standings.merge(
        voteAccount, now, (before, after) -> after.voted() > before.voted() ? after : before);
  }

  /// The highest slot that more than two thirds of the stake voted for, or for one above it: there
  /// is one fork only.
  long confirmed() {
    return supermajority(Standing::voted);
  }

  /// The highest slot that more than two thirds of the stake have rooted.
  long rooted() {
    return supermajority(Standing::root);
  }

  private long supermajority(ToLongFunction<Standing> slotOf) {
    long best = 0;
    for (Standing candidate : standings.values()) {
      long slot = slotOf.applyAsLong(candidate);
      long stake = 0;
      for (Map.Entry<Pubkey, Standing> each : standings.entrySet()) {
        if (slotOf.applyAsLong(each.getValue()) >= slot) {
          stake += stakes.getOrDefault(each.getKey(), 0L);
        }
      }
      if (slot > best && stake > total / 3 * 2) {
        best = slot;
      }
    }
    return best;
  }
}
