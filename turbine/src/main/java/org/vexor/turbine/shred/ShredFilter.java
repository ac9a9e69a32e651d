package org.vexor.turbine.shred;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// What a node of today keeps of the sound shreds: SIMD-0504, in the order of agave
/// `ledger/src/shred/filter.rs`. [#check] belongs to one thread; the root may be moved on by
/// another.
public final class ShredFilter {
  /// Shreds of one kind in a slot, where no feature has lowered it (SIMD-0525 does with shorter
  /// slots).
  public static final int DEFAULT_INDEX_LIMIT = 32_768;

  private static final VarHandle ROOT;

  static {
    try {
      ROOT = MethodHandles.lookup().findVarHandle(ShredFilter.class, "root", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int shredVersion;
  private final long slotsAhead;
  private final int indexLimit;

  @SuppressWarnings("FieldMayBeFinal") // written through ROOT
  private long root;

  /// @param shredVersion of the cluster
  /// @param rootSlot newest slot that is final; nothing before it is kept
  /// @param slotsAhead how far before the root a slot may be: agave takes max(500, half an epoch)
  /// @param indexLimit shreds of one kind a slot may have
  public ShredFilter(int shredVersion, long rootSlot, long slotsAhead, int indexLimit) {
    this.shredVersion = shredVersion;
    this.slotsAhead = slotsAhead;
    this.indexLimit = indexLimit;
    this.root = rootSlot;
  }

  /// A filter with the index limit of mainnet.
  public ShredFilter(int shredVersion, long rootSlot, long slotsAhead) {
    this(shredVersion, rootSlot, slotsAhead, DEFAULT_INDEX_LIMIT);
  }

  /// Moves the root on; to be called by any one thread.
  public void advanceRoot(long slot) {
    ROOT.setRelease(this, slot);
  }

  /// Whether a soundly parsed shred is one to keep.
  public ShredRefusal check(ShredView shred) {
    if (shred.version() != shredVersion) {
      return ShredRefusal.WRONG_VERSION;
    }
    if (shred.isLegacy()) {
      return ShredRefusal.LEGACY;
    }
    if (!shred.isChained()) {
      return ShredRefusal.UNCHAINED;
    }
    if (shred.proofEntries() != SET_PROOF_ENTRIES) {
      return ShredRefusal.PROOF_LENGTH;
    }
    long rootSlot = (long) ROOT.getAcquire(this); // pairs with the release in advanceRoot
    if (shred.slot() - rootSlot > slotsAhead) {
      return ShredRefusal.SLOT_TOO_FAR_AHEAD;
    }
    if (shred.slot() < rootSlot || (shred.slot() == rootSlot && rootSlot != 0)) {
      return ShredRefusal.SLOT_TOO_OLD;
    }
    if (shred.index() >= indexLimit) {
      return ShredRefusal.INDEX_OUT_OF_BOUNDS;
    }
    int fecSetIndex = shred.fecSetIndex();
    if (fecSetIndex % SET_SHREDS != 0
        || fecSetIndex > indexLimit - SET_SHREDS
        || shred.index() - fecSetIndex < 0
        || shred.index() - fecSetIndex >= SET_SHREDS) {
      return ShredRefusal.FEC_SET_INDEX;
    }
    return shred.isData() ? checkData(shred, rootSlot) : checkCode(shred);
  }

  private static ShredRefusal checkData(ShredView shred, long rootSlot) {
    if ((shred.parentOffset() == 0) != (shred.slot() == 0)) {
      return ShredRefusal.PARENT_OFFSET;
    }
    if (shred.parentSlot() < rootSlot) {
      return ShredRefusal.PARENT_TOO_OLD;
    }
    return shred.isDataComplete() && shred.index() % SET_SHREDS != SET_SHREDS - 1
        ? ShredRefusal.DATA_COMPLETE_INSIDE_SET
        : ShredRefusal.NONE;
  }

  private static ShredRefusal checkCode(ShredView shred) {
    if (shred.dataCount() != SET_SHREDS || shred.codeCount() != SET_SHREDS) {
      return ShredRefusal.GEOMETRY;
    }
    return shred.position() == shred.index() - shred.fecSetIndex()
        ? ShredRefusal.NONE
        : ShredRefusal.POSITION;
  }
}
