package org.vexor.turbine.tvu;

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
  private boolean started;
  private long newest;

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
    if (!started) {
      started = true;
      newest = slot;
      filter = new ShredFilter(shredVersion, root(), SLOTS_AHEAD);
    } else if (slot > newest) {
      newest = slot;
      filter.advanceRoot(root());
    }
  }

  private long root() {
    return Math.max(0, newest - SLOTS_BEHIND);
  }
}
