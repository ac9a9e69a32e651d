package org.vexor.turbine.fec;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.util.Arrays;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredView;

/// One FEC set while it is collected, and its data shreds until its slot is done with them. Made,
/// fed and recycled by [FecSets], whose thread owns it; nothing may be kept of it after
/// [FecSets#release].
///
/// All shreds of a set are signed by one Merkle root. Since a root fixes the content of every leaf,
/// a second shred of the same root and place is the same shred, and is not compared byte by byte.
public final class FecSet {
  /// How far the set is.
  public enum State {
    /// Too few shreds yet.
    COLLECTING,
    /// All data shreds are here, received or recovered.
    COMPLETE,
    /// Recovery gave something other than what the leader signed, so that no shred of it can be
    /// trusted to be a block: [FecSet#discardReason].
    DISCARDED
  }

  /// Why a set was discarded.
  public enum DiscardReason {
    /// It was not.
    NONE,
    /// The recovered shreds have another Merkle root than the signed one.
    RECOVERED_ROOT_DIFFERS,
    /// The shreds' proofs are longer or shorter than a tree of this many leaves needs.
    PROOF_LENGTH,
    /// A recovered data shred is no sound shred of this set, though its root is the signed one.
    RECOVERED_SHRED_UNSOUND
  }

  static final int UNKNOWN = -1;

  final byte[] root = new byte[ROOT_BYTES];
  final byte[] signature = new byte[SIGNATURE_BYTES];
  final byte[] chainedRoot = new byte[ROOT_BYTES];

  /// Which data and code shreds came from outside.
  final ShredBits receivedData = new ShredBits();

  final ShredBits receivedCode = new ShredBits();

  /// Which data shreds lie in the slab, received or recovered.
  final ShredBits data = new ShredBits();

  byte[] dataSlab = NOTHING;
  byte[] codeSlab = NOTHING;
  long slot;
  int fecSetIndex;
  int version;
  int dataVariant;
  int codeVariant;
  int parentOffset;
  int dataCount;
  int codeCount;
  int firstCodeIndex;
  boolean rebuilt;
  State state = State.COLLECTING;
  DiscardReason discardReason = DiscardReason.NONE;

  static final byte[] NOTHING = {};

  FecSet() {}

  void reset(long slot, int fecSetIndex, int dataCount, int codeCount) {
    this.slot = slot;
    this.fecSetIndex = fecSetIndex;
    this.dataCount = dataCount;
    this.codeCount = codeCount;
    firstCodeIndex = dataCount == UNKNOWN ? UNKNOWN : fecSetIndex;
    version = UNKNOWN;
    parentOffset = UNKNOWN;
    rebuilt = false;
    receivedData.clear();
    receivedCode.clear();
    data.clear();
    state = State.COLLECTING;
    discardReason = DiscardReason.NONE;
  }

  /// Whether the shred belongs here; [ShredFate#KEPT] if it does and is new.
  ShredFate judge(ShredView shred, byte[] shredRoot, int rootOffset) {
    if (shred.isLegacy()) {
      return ShredFate.LEGACY;
    }
    if (!isEmpty()) {
      ShredFate fate = compareToOthers(shred, shredRoot, rootOffset);
      if (fate != ShredFate.KEPT) {
        return fate;
      }
    }
    ShredFate fate = shred.isData() ? judgeData(shred) : judgeCode(shred);
    return fate == ShredFate.KEPT && state == State.DISCARDED ? ShredFate.SET_DISCARDED : fate;
  }

  private ShredFate compareToOthers(ShredView shred, byte[] shredRoot, int rootOffset) {
    if (!Arrays.equals(root, 0, ROOT_BYTES, shredRoot, rootOffset, rootOffset + ROOT_BYTES)) {
      return ShredFate.ROOT_CONFLICT;
    }
    if (!matches(signature, shred, SIGNATURE_OFFSET)) {
      return ShredFate.SIGNATURE_CONFLICT;
    }
    if (shred.version() != version) {
      return ShredFate.VERSION_CONFLICT;
    }
    if (shred.variant() != (shred.isData() ? dataVariant : codeVariant)) {
      return ShredFate.LAYOUT_CONFLICT;
    }
    return shred.isChained() && !matches(chainedRoot, shred, shred.bodyEnd())
        ? ShredFate.CHAINED_ROOT_CONFLICT
        : ShredFate.KEPT;
  }

  private static boolean matches(byte[] expected, ShredView shred, int offset) {
    int from = shred.base() + offset;
    return Arrays.equals(expected, 0, expected.length, shred.bytes(), from, from + expected.length);
  }

  private ShredFate judgeData(ShredView shred) {
    int place = shred.index() - fecSetIndex;
    if (place < 0 || place >= (dataCount == UNKNOWN ? ReedSolomon.MAX_DATA : dataCount)) {
      return ShredFate.OUTSIDE_SET;
    }
    if (parentOffset != UNKNOWN && shred.parentOffset() != parentOffset) {
      return ShredFate.PARENT_CONFLICT;
    }
    return receivedData.has(place) ? ShredFate.DUPLICATE : ShredFate.KEPT;
  }

  private ShredFate judgeCode(ShredView shred) {
    if (shred.dataCount() > ReedSolomon.MAX_DATA || shred.codeCount() > ReedSolomon.MAX_CODE) {
      return ShredFate.SET_TOO_LARGE;
    }
    if (dataCount == UNKNOWN) {
      return receivedData.last() < shred.dataCount() ? ShredFate.KEPT : ShredFate.GEOMETRY_CONFLICT;
    }
    if (shred.dataCount() != dataCount
        || shred.codeCount() != codeCount
        || shred.index() - shred.position() != firstCodeIndex) {
      return ShredFate.GEOMETRY_CONFLICT;
    }
    return receivedCode.has(shred.position()) ? ShredFate.DUPLICATE : ShredFate.KEPT;
  }

  /// Takes over what a shred judged to belong here says of the set.
  void learn(ShredView shred, byte[] shredRoot, int rootOffset) {
    if (isEmpty()) {
      System.arraycopy(shredRoot, rootOffset, root, 0, ROOT_BYTES);
      System.arraycopy(
          shred.bytes(), shred.base() + SIGNATURE_OFFSET, signature, 0, SIGNATURE_BYTES);
      version = shred.version();
      if (shred.isChained()) {
        System.arraycopy(shred.bytes(), shred.base() + shred.bodyEnd(), chainedRoot, 0, ROOT_BYTES);
      }
      int entries = shred.proofEntries();
      boolean resigned = shred.isResigned();
      dataVariant = entries | dataType(shred.isChained(), resigned);
      codeVariant = entries | codeType(shred.isChained(), resigned);
    }
    if (shred.isData()) {
      parentOffset = shred.parentOffset();
    } else if (dataCount == UNKNOWN) {
      dataCount = shred.dataCount();
      codeCount = shred.codeCount();
      firstCodeIndex = shred.index() - shred.position();
    }
  }

  private static int dataType(boolean chained, boolean resigned) {
    if (!chained) {
      return TYPE_DATA;
    }
    return resigned ? TYPE_DATA_CHAINED_RESIGNED : TYPE_DATA_CHAINED;
  }

  private static int codeType(boolean chained, boolean resigned) {
    if (!chained) {
      return TYPE_CODE;
    }
    return resigned ? TYPE_CODE_CHAINED_RESIGNED : TYPE_CODE_CHAINED;
  }

  private boolean isEmpty() {
    return version == UNKNOWN;
  }

  boolean hasAllData() {
    return dataCount != UNKNOWN && data.count() == dataCount;
  }

  static int rowOffset(int row) {
    return row * SlabPool.ROW_BYTES;
  }

  public long slot() {
    return slot;
  }

  /// Index of the first data shred.
  public int fecSetIndex() {
    return fecSetIndex;
  }

  public State state() {
    return state;
  }

  /// Why the set is [State#DISCARDED]; [DiscardReason#NONE] if it is not.
  public DiscardReason discardReason() {
    return discardReason;
  }

  /// Shred version of all shreds; -1 before the first.
  public int version() {
    return version;
  }

  /// Parent offset of all data shreds; -1 while none is here.
  public int parentOffset() {
    return parentOffset;
  }

  /// Whether a Merkle root of the set before is part of the shreds.
  public boolean isChained() {
    return !isEmpty() && ShredLayout.isChained(dataVariant);
  }

  /// Whether the shreds end with a retransmitter signature.
  public boolean isResigned() {
    return !isEmpty() && ShredLayout.isResigned(dataVariant);
  }

  /// The Merkle root, 32 bytes, lent; defined once a shred was kept.
  public byte[] root() {
    return root;
  }

  /// The root of the set before, 32 bytes, lent; defined if [#isChained].
  public byte[] chainedRoot() {
    return chainedRoot;
  }

  /// Data shreds received from outside, each counted once.
  public int receivedData() {
    return receivedData.count();
  }

  /// Code shreds received from outside, each counted once.
  public int receivedCode() {
    return receivedCode.count();
  }

  /// Data and code shreds that are here by recovery alone: rebuilt, and not received since.
  public int recovered() {
    return rebuilt ? dataCount + codeCount - receivedData() - receivedCode() : 0;
  }

  /// Data shreds of the whole set; -1 while no code shred has told.
  public int dataCount() {
    return dataCount;
  }

  /// Whether data shred `place` of the set is here, received or recovered.
  public boolean hasData(int place) {
    return data.has(place);
  }

  /// Where data shreds lie, lent: shred `place` at [#dataOffset].
  public byte[] dataBytes() {
    return dataSlab;
  }

  /// Where data shred `place` starts in [#dataBytes].
  public int dataOffset(int place) {
    return rowOffset(place);
  }
}
