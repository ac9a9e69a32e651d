package org.vexor.tpu.leader;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderSchedule;

/// The schedules known, of a few epochs that follow one another. Any thread; reading takes no lock.
public final class ScheduleBook {
  /// The epoch that ends, the one that goes on, and the one to come.
  private static final int MOST = 3;

  private final Epochs epochs;
  private volatile List<LeaderSchedule> schedules = List.of();

  /// @param epochs of the cluster
  public ScheduleBook(Epochs epochs) {
    this.epochs = epochs;
  }

  /// How this cluster's slots make epochs.
  public Epochs epochs() {
    return epochs;
  }

  /// Takes in a schedule; one of the same slots is replaced, and of many the oldest goes.
  public synchronized void add(LeaderSchedule schedule) {
    schedules =
        Stream.concat(
                Stream.of(schedule),
                schedules.stream().filter(known -> known.firstSlot() != schedule.firstSlot()))
            .sorted(Comparator.comparingLong(LeaderSchedule::firstSlot).reversed())
            .limit(MOST)
            .toList();
  }

  /// Who leads `slot`; empty when no schedule here says.
  public Optional<Pubkey> leader(long slot) {
    for (LeaderSchedule schedule : schedules) {
      if (slot - schedule.firstSlot() >= 0) {
        return schedule.leader(slot);
      }
    }
    return Optional.empty();
  }

  /// Whether some schedule covers `slot`, be it by a gap.
  public boolean covers(long slot) {
    return schedules.stream()
        .anyMatch(s -> slot >= s.firstSlot() && slot - s.firstSlot() < s.slots());
  }
}
