package org.vexor.turbine.block;

import org.vexor.turbine.fec.Roots;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Offers whatever parses, under the one root that lets shreds of different content meet in a set.
final class FuzzFeed {
  private static final byte[] SAME_ROOT = new byte[32];

  private final BlockAssembler assembler;
  private final ShredView view = new ShredView();
  private long offered;

  FuzzFeed(BlockAssembler assembler) {
    this.assembler = assembler;
  }

  /// Every second shred comes with its own root.
  void offer(byte[] shred) {
    if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE) {
      return;
    }
    boolean own = offered++ % 2 == 0 && !view.isLegacy();
    assembler.offer(view, own ? Roots.of(view) : SAME_ROOT, 0);
  }

  long offered() {
    return offered;
  }
}
