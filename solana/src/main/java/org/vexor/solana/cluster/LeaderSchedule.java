package org.vexor.solana.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.WeightedIndex;

/// Who leads each slot of one run of slots, mostly an epoch. Immutable.
public final class LeaderSchedule {
  private static final int NOBODY = 0;

  private final long firstSlot;
  private final int[] leaderOfSlot; // index into leaders
  private final List<Optional<Pubkey>>
      leaders; // the first is "nobody"; made once, handed out often

  private LeaderSchedule(long firstSlot, int[] leaderOfSlot, List<Optional<Pubkey>> leaders) {
    this.firstSlot = firstSlot;
    this.leaderOfSlot = leaderOfSlot;
    this.leaders = leaders;
  }

  /// Draws the schedule of `epoch` as every validator does (agave ledger/src/leader_schedule.rs).
  ///
  /// @param stakes as fixed at the start of the epoch before; entries without stake are left out
  /// @param slots how many slots the epoch has
  /// @throws IllegalArgumentException when nobody has stake
  public static LeaderSchedule compute(
      long epoch, List<StakedLeader> stakes, long firstSlot, int slots) {
    return compute(epoch, stakes, firstSlot, slots, Epochs.LEADER_WINDOW_SLOTS);
  }

  static LeaderSchedule compute(
      long epoch, List<StakedLeader> stakes, long firstSlot, int slots, int window) {
    List<StakedLeader> sorted = new ArrayList<>(stakes);
    sorted.removeIf(staked -> staked.lamports() == 0);
    sorted.sort(
        Comparator.comparing(StakedLeader::lamports, Long::compareUnsigned)
            .thenComparing(StakedLeader::orderKey)
            .reversed());
    WeightedIndex index =
        WeightedIndex.of(sorted.stream().mapToLong(StakedLeader::lamports).toArray());
    byte[] seed = new byte[ChaCha.SEED_LENGTH];
    for (int i = 0; i < Long.BYTES; i++) {
      seed[i] = (byte) (epoch >>> (8 * i));
    }
    ChaCha random = ChaCha.chaCha20().seed(seed, 0);
    Builder builder = new Builder(firstSlot, slots);
    for (int slot = 0; slot < slots; slot += window) {
      Pubkey leader = sorted.get(index.sample(random)).identity();
      for (int i = slot; i < Math.min(slots, slot + window); i++) {
        builder.lead(i, leader);
      }
    }
    return builder.build();
  }

  /// A schedule that is known slot by slot.
  ///
  /// @param leaders the leader of `firstSlot` and of each slot after it
  public static LeaderSchedule of(long firstSlot, List<Pubkey> leaders) {
    Builder builder = new Builder(firstSlot, leaders.size());
    for (int i = 0; i < leaders.size(); i++) {
      builder.lead(i, leaders.get(i));
    }
    return builder.build();
  }

  /// The leader of `slot`; empty outside the schedule and in its gaps. Allocates nothing.
  public Optional<Pubkey> leader(long slot) {
    long index = slot - firstSlot;
    if (index < 0 || index >= leaderOfSlot.length) {
      return leaders.get(NOBODY);
    }
    return leaders.get(leaderOfSlot[(int) index]);
  }

  /// The first slot covered.
  public long firstSlot() {
    return firstSlot;
  }

  /// The number of slots covered, gaps included.
  public int slots() {
    return leaderOfSlot.length;
  }

  /// The slots that `leader` leads, ascending.
  public long[] slotsOf(Pubkey leader) {
    int wanted = leaders.indexOf(Optional.of(leader));
    long[] slots = new long[leaderOfSlot.length];
    int count = 0;
    for (int i = 0; i < leaderOfSlot.length; i++) {
      if (leaderOfSlot[i] == wanted) {
        slots[count++] = firstSlot + i;
      }
    }
    return Arrays.copyOf(slots, count);
  }

  /// Collects a schedule in any order of slots.
  static final class Builder {
    private final long firstSlot;
    private final int[] leaderOfSlot;
    private final List<Optional<Pubkey>> leaders = new ArrayList<>(List.of(Optional.empty()));
    private final Map<Pubkey, Integer> numbers = new HashMap<>();

    Builder(long firstSlot, int slots) {
      this.firstSlot = firstSlot;
      this.leaderOfSlot = new int[slots];
    }

    /// False when the slot `index` after the first has another leader already; the first one stays.
    boolean lead(int index, Pubkey leader) {
      int number =
          numbers.computeIfAbsent(
              leader,
              added -> {
                leaders.add(Optional.of(added));
                return leaders.size() - 1;
              });
      if (leaderOfSlot[index] != NOBODY && leaderOfSlot[index] != number) {
        return false;
      }
      leaderOfSlot[index] = number;
      return true;
    }

    LeaderSchedule build() {
      return new LeaderSchedule(firstSlot, leaderOfSlot, List.copyOf(leaders));
    }
  }
}
