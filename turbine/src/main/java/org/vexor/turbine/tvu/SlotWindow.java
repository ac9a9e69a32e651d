package org.vexor.turbine.tvu;

import java.util.concurrent.atomic.AtomicLong;
import org.vexor.turbine.shred.ShredFilter;

/// Moves the filter's root on with the verified shreds that arrive, for a node that follows turbine
/// without voting: it has no root of its own, and only the leaders' signatures tell where the
/// cluster is. [#filter] is for the thread that receives, [#seen] for the one that verifies.
final class SlotWindow {
  /// Slots behind the newest that are still wanted: more than repair ever asks for, less than
  /// memory can hold.
  private static final long SLOTS_BEHIND = 512;

  /// How far before the root a slot may be: half an epoch of 432,000 slots, as agave does.
  private static final long SLOTS_AHEAD = 216_000;

  private final int shredVersion;
  private volatile ShredFilter filter;

  /// Written by the verifying thread alone.
  private final AtomicLong newest = new AtomicLong(-1);

  /// Takes any slot until the first verified shred says where the cluster is.
  SlotWindow(int shredVersion) {
    this.shredVersion = shredVersion;
    this.filter = new ShredFilter(shredVersion, 0, Long.MAX_VALUE);
  }

  ShredFilter filter() {
    return filter;
  }

  /// A verified shred of this slot came.
  void seen(long slot) {
    long before = newest.getPlain();
    if (before < 0) {
      newest.setRelease(slot);
      filter = new ShredFilter(shredVersion, root(slot), SLOTS_AHEAD);
    } else if (slot > before) {
      newest.setRelease(slot);
      filter.advanceRoot(root(slot));
    }
  }

  /// The highest slot seen; negative before the first. Any thread.
  long newestAcquire() {
    return newest.getAcquire();
  }

  private static long root(long newest) {
    return Math.max(0, newest - SLOTS_BEHIND);
  }
}
