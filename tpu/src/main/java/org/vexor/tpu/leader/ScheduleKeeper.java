package org.vexor.tpu.leader;

import java.io.IOException;
import java.util.Optional;
import org.vexor.solana.cluster.LeaderSchedule;

/// Has the schedule of the epoch that goes on, and in time the one of the next. One thread, which
/// may block as long as the source does.
public final class ScheduleKeeper {
  /// How long before an epoch ends the next schedule is looked for: an hour on the public clusters.
  /// Validators know it a whole epoch before.
  private static final long AHEAD_SLOTS = 9_000;

  private static final long FIRST_PAUSE_NS = 1_000_000_000L;
  private static final long LONGEST_PAUSE_NS = 60_000_000_000L;

  private final ScheduleBook book;
  private final ScheduleSource source;
  private long pauseNs = FIRST_PAUSE_NS;
  private long notBeforeNs;
  private boolean hasPause;
  private volatile Optional<String> trouble = Optional.empty();

  /// @param book to fill
  public ScheduleKeeper(ScheduleBook book, ScheduleSource source) {
    this.book = book;
    this.source = source;
  }

  /// Loads what will be needed around `slot`, if anything; after a failure not before a pause.
  ///
  /// @return schedules loaded
  public int doWork(long slot, long nowNs) {
    if (hasPause && nowNs - notBeforeNs < 0) {
      return 0;
    }
    long epoch = book.epochs().epoch(slot);
    int loaded = load(epoch, nowNs);
    boolean isEnding =
        slot + Math.min(AHEAD_SLOTS, book.epochs().slots(epoch) / 2)
            >= book.epochs().firstSlot(epoch + 1);
    return loaded + (isEnding ? load(epoch + 1, nowNs) : 0);
  }

  private int load(long epoch, long nowNs) {
    if (book.covers(book.epochs().firstSlot(epoch))) {
      return 0;
    }
    try {
      Optional<LeaderSchedule> schedule = source.schedule(epoch);
      if (schedule.isPresent()) {
        book.add(schedule.get());
        trouble = Optional.empty();
        hasPause = false;
        pauseNs = FIRST_PAUSE_NS;
        return 1;
      }
      failed("the schedule of epoch " + epoch + " is not known there yet", nowNs);
    } catch (IOException | IllegalArgumentException e) {
      failed("the schedule of epoch " + epoch + ": " + e.getMessage(), nowNs);
    }
    return 0;
  }

  private void failed(String why, long nowNs) {
    trouble = Optional.of(why);
    hasPause = true;
    notBeforeNs = nowNs + pauseNs;
    pauseNs = Math.min(LONGEST_PAUSE_NS, pauseNs * 2);
  }

  /// Why a schedule that is needed is not there. Any thread.
  public Optional<String> trouble() {
    return trouble;
  }
}
