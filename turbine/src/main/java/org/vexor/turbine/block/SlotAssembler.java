package org.vexor.turbine.block;

import static org.vexor.turbine.shred.ShredLayout.FLAGS_OFFSET;
import static org.vexor.turbine.shred.ShredLayout.FLAG_LAST_IN_SLOT;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.agrona.collections.Int2ObjectHashMap;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.fec.FecSet;
import org.vexor.turbine.fec.FecSets;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.shred.ShredFilter;
import org.vexor.turbine.shred.ShredView;

/// One slot while its shreds come in: its sets, which data shreds are there, and where it ends.
final class SlotAssembler {
  private static final int UNKNOWN = -1;
  private static final int MAX_SHREDS = ShredFilter.DEFAULT_INDEX_LIMIT;

  private final FecSets sets;
  private final long slot;
  private final long firstSeenNs;
  private final Int2ObjectHashMap<FecSet> byIndex = new Int2ObjectHashMap<>();
  private final long[] present = new long[MAX_SHREDS / Long.SIZE];
  private final int[] fates = new int[ShredFate.values().length];
  private int version = UNKNOWN;
  private int parentOffset = UNKNOWN;
  private int highest = UNKNOWN;
  private int lastIndex = UNKNOWN;
  private int contiguous;
  private boolean contradictory;

  SlotAssembler(FecSets sets, long slot, long firstSeenNs) {
    this.sets = sets;
    this.slot = slot;
    this.firstSeenNs = firstSeenNs;
  }

  ShredFate offer(ShredView shred, byte[] root, int rootOffset) {
    ShredFate fate = decide(shred, root, rootOffset);
    fates[fate.ordinal()]++;
    return fate;
  }

  private ShredFate decide(ShredView shred, byte[] root, int rootOffset) {
    if (shred.isLegacy()) {
      return ShredFate.LEGACY;
    }
    if (shred.index() >= MAX_SHREDS || shred.fecSetIndex() >= MAX_SHREDS) {
      return ShredFate.SLOT_TOO_LARGE;
    }
    if (version != UNKNOWN && shred.version() != version) {
      return ShredFate.VERSION_CONFLICT;
    }
    if (shred.isData()) {
      ShredFate fate = decideData(shred);
      if (fate != ShredFate.KEPT) {
        return fate;
      }
    }
    FecSet known = byIndex.get(shred.fecSetIndex());
    FecSet set = known == null ? sets.open(slot, shred.fecSetIndex()) : known;
    if (shred.isData() && isOfAnotherSet(shred, set)) {
      releaseUnless(known != null, set);
      return ShredFate.OUTSIDE_SET;
    }
    boolean wasCollecting = set.state() == FecSet.State.COLLECTING;
    ShredFate fate = sets.offer(set, shred, root, rootOffset);
    if (fate != ShredFate.KEPT) {
      releaseUnless(known != null, set);
      return fate;
    }
    if (known == null) {
      byIndex.put(shred.fecSetIndex(), set);
    }
    version = shred.version();
    learn(shred);
    if (wasCollecting && set.state() != FecSet.State.COLLECTING) {
      learn(set);
    }
    return ShredFate.KEPT;
  }

  private void releaseUnless(boolean isKnown, FecSet set) {
    if (!isKnown) {
      sets.release(set);
    }
  }

  private ShredFate decideData(ShredView shred) {
    if (parentOffset != UNKNOWN && shred.parentOffset() != parentOffset) {
      return ShredFate.PARENT_CONFLICT;
    }
    return contradictsEnd(shred.index(), shred.isLastInSlot())
        ? ShredFate.LAST_INDEX_CONFLICT
        : ShredFate.KEPT;
  }

  private boolean contradictsEnd(int index, boolean isLast) {
    if (lastIndex != UNKNOWN && (isLast ? index != lastIndex : index > lastIndex)) {
      return true;
    }
    return isLast && highest > index;
  }

  private boolean isOfAnotherSet(ShredView shred, FecSet set) {
    int place = shred.index() - set.fecSetIndex();
    return isPresent(shred.index())
        && set.state() != FecSet.State.DISCARDED
        && place < ReedSolomon.MAX_DATA
        && !set.hasData(place);
  }

  private void learn(ShredView shred) {
    if (shred.isData()) {
      parentOffset = shred.parentOffset();
      addData(shred.index(), shred.isLastInSlot());
    }
  }

  /// What a set brings that was just completed, or discarded.
  private void learn(FecSet set) {
    if (set.state() == FecSet.State.DISCARDED) {
      contradictory = true;
      return;
    }
    if (parentOffset == UNKNOWN) {
      parentOffset = set.parentOffset();
    }
    contradictory |= set.parentOffset() != parentOffset;
    for (int place = 0; place < set.dataCount(); place++) {
      int index = set.fecSetIndex() + place;
      int flags = set.dataBytes()[set.dataOffset(place) + FLAGS_OFFSET];
      boolean isLast = (flags & FLAG_LAST_IN_SLOT) == FLAG_LAST_IN_SLOT;
      if (index >= MAX_SHREDS || contradictsEnd(index, isLast)) {
        contradictory = true;
        return;
      }
      addData(index, isLast);
    }
  }

  private void addData(int index, boolean isLast) {
    present[index / Long.SIZE] |= 1L << index;
    highest = Math.max(highest, index);
    if (isLast) {
      lastIndex = index;
    }
    while (contiguous < MAX_SHREDS && isPresent(contiguous)) {
      contiguous++;
    }
  }

  private boolean isPresent(int index) {
    return (present[index / Long.SIZE] >>> index & 1) != 0; // shifts count modulo 64
  }

  long slot() {
    return slot;
  }

  long firstSeenNs() {
    return firstSeenNs;
  }

  int version() {
    return version;
  }

  int parentOffset() {
    return parentOffset;
  }

  boolean hasEnd() {
    return lastIndex != UNKNOWN;
  }

  int fates(ShredFate fate) {
    return fates[fate.ordinal()];
  }

  /// Whether all data shreds up to the last are here and nothing speaks against them.
  boolean isComplete() {
    return lastIndex != UNKNOWN && contiguous > lastIndex && !contradictory;
  }

  /// Whether this can be no block any more.
  boolean isContradictory() {
    return contradictory;
  }

  List<FecSet> setsInOrder() {
    List<FecSet> ordered = new ArrayList<>(byIndex.values());
    ordered.sort(Comparator.comparingInt(FecSet::fecSetIndex));
    return ordered;
  }

  /// Gives all memory back; nothing may be asked after.
  void release() {
    byIndex.values().forEach(sets::release);
    byIndex.clear();
  }
}
