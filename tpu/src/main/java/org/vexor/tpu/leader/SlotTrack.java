package org.vexor.tpu.leader;

/// What one source has said, kept against its own errors: a slot far from where time should have
/// brought it is believed only when it goes on like that. One thread.
final class SlotTrack {
  /// What time does not explain and still passes: leaders skip a window and blocks come in bursts.
  static final long TOLERATED_SLOTS = 8;

  /// Slots that must agree on another course before it is taken.
  static final int CONFIRMATIONS = 3;

  /// Of the time since the last news, how much may be wrong: clocks of leaders differ by some
  /// percent (agave allows blocks 25 % fast and slow of the clock's time at most).
  private static final long DRIFT_PART = 10;

  private final SlotPace pace;
  private boolean known;
  private long slot;
  private long sinceNs;
  private int agreeing;
  private long otherFirstNs;
  private long otherSlot;
  private long otherNs;

  SlotTrack(SlotPace pace) {
    this.pace = pace;
  }

  /// What a word of the source changed.
  enum Change {
    /// Nothing.
    NONE,
    /// The slot went on as it should.
    ADVANCED,
    /// It was the first word, or the source was believed on another course than before.
    SET
  }

  Change observe(long observed, long nowNs) {
    if (!known) {
      return set(observed, nowNs);
    }
    long elapsed = (nowNs - sinceNs) / pace.slotNs();
    long offBy = observed - (slot + elapsed);
    if (Math.abs(offBy) > TOLERATED_SLOTS + elapsed / DRIFT_PART) {
      return observeOther(observed, nowNs);
    }
    agreeing = 0;
    if (observed <= slot) {
      return Change.NONE;
    }
    slot = observed;
    sinceNs = nowNs;
    pace.advanced(observed, nowNs);
    return Change.ADVANCED;
  }

  private Change observeOther(long observed, long nowNs) {
    if (agreeing > 0) {
      if (observed == otherSlot) {
        return Change.NONE;
      }
      long offBy = observed - (otherSlot + (nowNs - otherNs) / pace.slotNs());
      if (observed < otherSlot || Math.abs(offBy) > 2) {
        agreeing = 0;
      }
    }
    if (agreeing == 0) {
      otherFirstNs = nowNs;
    }
    agreeing++;
    otherSlot = observed;
    otherNs = nowNs;
    // A replay of old slots, as repair does it, is faster than slots are.
    boolean isLive = nowNs - otherFirstNs >= (CONFIRMATIONS - 1) * pace.slotNs() / 2;
    return agreeing >= CONFIRMATIONS && isLive ? set(observed, nowNs) : Change.NONE;
  }

  private Change set(long observed, long nowNs) {
    known = true;
    agreeing = 0;
    slot = observed;
    sinceNs = nowNs;
    pace.restarted();
    pace.advanced(observed, nowNs);
    return Change.SET;
  }

  boolean isKnown() {
    return known;
  }

  long slotNs() {
    return pace.slotNs();
  }

  /// The highest slot that was said.
  long slot() {
    return slot;
  }

  /// Where time has brought it since.
  long slotAt(long nowNs) {
    return slot + Math.max(0, nowNs - sinceNs) / pace.slotNs();
  }

  /// How long ago the slot was new.
  long ageNs(long nowNs) {
    return Math.max(0, nowNs - sinceNs);
  }
}
