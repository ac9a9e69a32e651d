package org.vexor.turbine.fec;

import static org.vexor.turbine.shred.ShredLayout.SET_SHREDS;

import java.util.ArrayDeque;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.shred.ShredView;

/// Makes, feeds, completes and recycles [FecSet]s. One thread. A set whose shreds all came costs a
/// copy of each; one that must be recovered is, as soon as as many shreds are here as it has data.
///
/// Memory: up to two slabs of 39,296 bytes a set while it collects (each taken when its first shred
/// comes), one for the data after that. Slabs and sets are used again.
public final class FecSets {
  /// Which sets are accepted.
  public enum Geometry {
    /// 32 data and 32 code shreds, all that a live cluster takes (SIMD-0317).
    LIVE,
    /// Whatever the code shreds say, up to 67:67, as old captures have it.
    ANY
  }

  /// When missing code shreds are made.
  public enum CodeRebuild {
    /// When data is missing, too, as a by-product of proving its recovery.
    WITH_MISSING_DATA,
    /// Also when all data came, so that the sink sees all 64 shreds of each set.
    ALWAYS
  }

  /// Free slabs kept: what the sets of one large mainnet slot need while they collect.
  private static final int FREE_SLABS = 128;

  private final Geometry geometry;
  private final CodeRebuild codeRebuild;
  private final ShredSink sink;
  private final SlabPool slabs = new SlabPool(FREE_SLABS);
  private final ArrayDeque<FecSet> free = new ArrayDeque<>(FREE_SLABS);
  private final SetRebuilder rebuilder = new SetRebuilder();

  /// Sets of one kind.
  ///
  /// @param sink takes every rebuilt shred
  public FecSets(Geometry geometry, CodeRebuild codeRebuild, ShredSink sink) {
    this.geometry = geometry;
    this.codeRebuild = codeRebuild;
    this.sink = sink;
  }

  /// What the recovery runs on, for reports.
  public String kernelName() {
    return rebuilder.kernelName();
  }

  /// Bytes of shreds held by all sets that are open.
  public long heldBytes() {
    return slabs.lentBytes();
  }

  /// A new, empty set; give it back with [#release].
  public FecSet open(long slot, int fecSetIndex) {
    FecSet used = free.pollLast();
    FecSet set = used == null ? new FecSet() : used;
    int count = geometry == Geometry.LIVE ? SET_SHREDS : FecSet.UNKNOWN;
    set.reset(slot, fecSetIndex, count, count);
    return set;
  }

  /// Takes the set and its memory back; it must not be used after.
  public void release(FecSet set) {
    releaseData(set);
    releaseCode(set);
    if (free.size() < FREE_SLABS) {
      free.addLast(set);
    }
  }

  /// Offers a parsed shred of the set's slot and FEC set index. The shred is copied if it is kept
  /// and needed.
  ///
  /// @param root the Merkle root computed from the shred (32 bytes at `rootOffset`), whose
  ///   signature was checked if there is a leader to check it by
  /// @return the shred's fate; the set may have been completed or discarded by it
  public ShredFate offer(FecSet set, ShredView shred, byte[] root, int rootOffset) {
    ShredFate fate = set.judge(shred, root, rootOffset);
    if (fate != ShredFate.KEPT) {
      return fate;
    }
    set.learn(shred, root, rootOffset);
    if (shred.isData()) {
      keepData(set, shred);
    } else {
      keepCode(set, shred);
    }
    if (set.state == FecSet.State.COLLECTING) {
      advance(set);
    }
    return ShredFate.KEPT;
  }

  private void keepData(FecSet set, ShredView shred) {
    int place = shred.index() - set.fecSetIndex;
    set.receivedData.add(place);
    if (!set.data.has(place)) {
      set.data.add(place);
      int rows = place < SET_SHREDS ? SET_SHREDS : ReedSolomon.MAX_DATA;
      set.dataSlab = grown(set.dataSlab, rows);
      copy(shred, set.dataSlab, place);
    }
  }

  private void keepCode(FecSet set, ShredView shred) {
    set.receivedCode.add(shred.position());
    if (set.state == FecSet.State.COLLECTING) {
      set.codeSlab = grown(set.codeSlab, set.codeCount);
      copy(shred, set.codeSlab, shred.position());
    }
  }

  private static void copy(ShredView shred, byte[] slab, int row) {
    System.arraycopy(shred.bytes(), shred.base(), slab, FecSet.rowOffset(row), shred.length());
  }

  private byte[] grown(byte[] slab, int rows) {
    if (slab.length >= rows * SlabPool.ROW_BYTES) {
      return slab;
    }
    byte[] larger = slabs.take(rows);
    System.arraycopy(slab, 0, larger, 0, slab.length);
    if (slab.length > 0) {
      slabs.giveBack(slab);
    }
    return larger;
  }

  private void advance(FecSet set) {
    if (set.dataCount == FecSet.UNKNOWN) {
      return;
    }
    int here = set.receivedData.count() + set.receivedCode.count();
    if (here < set.dataCount) {
      return;
    }
    boolean isWhole = set.hasAllData();
    if (!isWhole
        || (codeRebuild == CodeRebuild.ALWAYS && set.receivedCode.count() < set.codeCount)) {
      set.dataSlab = grown(set.dataSlab, set.dataCount);
      set.codeSlab = grown(set.codeSlab, set.codeCount);
      FecSet.DiscardReason reason = rebuilder.rebuild(set);
      if (reason != FecSet.DiscardReason.NONE) {
        discard(set, reason);
        return;
      }
      set.rebuilt = true;
      rebuilder.emit(set, sink);
      for (int place = 0; place < set.dataCount; place++) {
        set.data.add(place);
      }
    }
    set.state = FecSet.State.COMPLETE;
    releaseCode(set);
  }

  private void discard(FecSet set, FecSet.DiscardReason reason) {
    set.state = FecSet.State.DISCARDED;
    set.discardReason = reason;
    set.data.clear();
    releaseData(set);
    releaseCode(set);
  }

  private void releaseData(FecSet set) {
    if (set.dataSlab.length > 0) {
      slabs.giveBack(set.dataSlab);
      set.dataSlab = FecSet.NOTHING;
    }
  }

  private void releaseCode(FecSet set) {
    if (set.codeSlab.length > 0) {
      slabs.giveBack(set.codeSlab);
      set.codeSlab = FecSet.NOTHING;
    }
  }
}
