package org.vexor.turbine.fec;

import static org.vexor.turbine.shred.ShredLayout.CODE_SHRED_BYTES;
import static org.vexor.turbine.shred.ShredLayout.SET_SHREDS;

import java.util.ArrayDeque;

/// Memory of shreds: arrays that hold 32 shreds of either kind, lent and taken back. Larger ones,
/// for the odd sets of old clusters, are made when asked for and not kept. One owner.
final class SlabPool {
  /// Bytes of each shred in a slab.
  static final int ROW_BYTES = CODE_SHRED_BYTES;

  static final int SLAB_BYTES = SET_SHREDS * ROW_BYTES;

  private final ArrayDeque<byte[]> free;
  private final int keep;
  private long lentBytes;

  /// A pool without slabs.
  ///
  /// @param keep most free slabs kept for later; more are left to the garbage collector
  SlabPool(int keep) {
    this.keep = keep;
    free = new ArrayDeque<>(keep);
  }

  byte[] take(int rows) {
    byte[] slab;
    if (rows > SET_SHREDS) {
      slab = new byte[rows * ROW_BYTES];
    } else {
      byte[] used = free.pollLast();
      slab = used == null ? new byte[SLAB_BYTES] : used;
    }
    lentBytes += slab.length;
    return slab;
  }

  void giveBack(byte[] slab) {
    lentBytes -= slab.length;
    if (slab.length == SLAB_BYTES && free.size() < keep) {
      free.addLast(slab);
    }
  }

  long lentBytes() {
    return lentBytes;
  }
}
