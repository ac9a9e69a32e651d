package org.vexor.turbine.shred;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// A reusable window on one shred. Parse, read, parse the next; nothing is allocated after
/// construction. Not thread-safe, one owner.
///
/// After [#parse(byte[], int, int)] the view lies on the caller's array and is valid as long as
/// that does not change. After [#parse(MemorySegment, long, int)] the shred was copied into the
/// view's own array, once it was found sound: hashing reads arrays, and the frame it came in can go
/// back at once.
///
/// The accessors are meaningful only after a parse that answered [ShredRefusal#NONE]; those of one
/// kind of shred only for that kind. All offsets count from the first byte of the shred, which is
/// [#bytes] at [#base].
public final class ShredView {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Reed-Solomon over GF(2^8) has 256 places.
  private static final int MAX_SET_SHREDS = 256;

  private final byte[] own = new byte[MAX_SHRED_BYTES];
  private byte[] bytes = own;
  private int base;
  private int datagramBytes;
  private int variant;
  private long slot;
  private int index;
  private int fecSetIndex;

  /// Reads the shred at the start of a datagram of `length` bytes. Bytes behind the shred (a repair
  /// nonce, padding of old senders) are not part of it.
  ///
  /// @return [ShredRefusal#NONE], or why these bytes are no shred; never throws for any content
  public ShredRefusal parse(byte[] datagram, int offset, int length) {
    bytes = datagram;
    base = offset;
    return readHeaders(length);
  }

  /// Like [#parse(byte[], int, int)], for a datagram in memory outside the heap; copies it.
  public ShredRefusal parse(MemorySegment datagram, long offset, int length) {
    ShredRefusal refusal = parseHeaders(datagram, offset, length);
    if (refusal == ShredRefusal.NONE) {
      int from = CODE_HEADER_BYTES;
      MemorySegment.copy(
          datagram, ValueLayout.JAVA_BYTE, offset + from, own, from, length() - from);
    }
    return refusal;
  }

  /// Like [#parse(MemorySegment, long, int)], but copies no more than the headers: enough for
  /// [ShredFilter], not for hashing.
  public ShredRefusal parseHeaders(MemorySegment datagram, long offset, int length) {
    bytes = own;
    base = 0;
    int headers = Math.min(length, CODE_HEADER_BYTES);
    MemorySegment.copy(datagram, ValueLayout.JAVA_BYTE, offset, own, 0, headers);
    return readHeaders(length);
  }

  private ShredRefusal readHeaders(int length) {
    datagramBytes = length;
    if (length <= VARIANT_OFFSET) {
      return ShredRefusal.TOO_SHORT;
    }
    variant = bytes[base + VARIANT_OFFSET] & 0xff;
    if (!isKnown(variant)) {
      return ShredRefusal.UNKNOWN_VARIANT;
    }
    if (length < shredBytes(variant)) {
      return ShredRefusal.TOO_SHORT;
    }
    slot = (long) LONG.get(bytes, base + SLOT_OFFSET);
    if (slot < 0) {
      return ShredRefusal.SLOT_OUT_OF_RANGE;
    }
    index = (int) INT.get(bytes, base + INDEX_OFFSET);
    fecSetIndex = (int) INT.get(bytes, base + FEC_SET_INDEX_OFFSET);
    if (fecSetIndex < 0 || index < 0) {
      return ShredRefusal.INDEX_OUT_OF_BOUNDS;
    }
    ShredRefusal refusal = isData() ? checkData() : checkCode();
    if (refusal != ShredRefusal.NONE || isLegacy()) {
      return refusal;
    }
    return leafIndex() >> proofEntries() == 0 ? ShredRefusal.NONE : ShredRefusal.LEAF_OUT_OF_TREE;
  }

  private ShredRefusal checkData() {
    if (index < fecSetIndex) {
      return ShredRefusal.INDEX_BEFORE_SET;
    }
    // The legacy shreds of the first clusters have payload where later ones have their size.
    if (!isLegacy() && (size() < DATA_HEADER_BYTES || size() > bodyEnd())) {
      return ShredRefusal.SIZE_OUT_OF_RANGE;
    }
    if (parentOffset() > slot) {
      return ShredRefusal.PARENT_OFFSET;
    }
    return (flags() & FLAG_LAST_IN_SLOT) == (FLAG_LAST_IN_SLOT ^ FLAG_DATA_COMPLETE)
        ? ShredRefusal.FLAGS
        : ShredRefusal.NONE;
  }

  private ShredRefusal checkCode() {
    if (dataCount() == 0 || codeCount() == 0 || dataCount() + codeCount() > MAX_SET_SHREDS) {
      return ShredRefusal.GEOMETRY;
    }
    return position() < codeCount() && position() <= index
        ? ShredRefusal.NONE
        : ShredRefusal.POSITION;
  }

  /// The array the shred lies in.
  public byte[] bytes() {
    return bytes;
  }

  /// Where in [#bytes] the shred starts.
  public int base() {
    return base;
  }

  /// Length of the shred, without what follows it in its datagram.
  public int length() {
    return shredBytes(variant);
  }

  /// Length of the datagram that was parsed.
  public int datagramBytes() {
    return datagramBytes;
  }

  /// The variant byte, 0..255.
  public int variant() {
    return variant;
  }

  public ShredKind kind() {
    return isData() ? ShredKind.DATA : ShredKind.CODE;
  }

  public boolean isData() {
    return ShredLayout.isData(variant);
  }

  /// Whether the shred has no Merkle proof, and so no root of its own.
  public boolean isLegacy() {
    return ShredLayout.isLegacy(variant);
  }

  public boolean isChained() {
    return ShredLayout.isChained(variant);
  }

  public boolean isResigned() {
    return ShredLayout.isResigned(variant);
  }

  public long slot() {
    return slot;
  }

  /// Index among the shreds of this kind in the slot.
  public int index() {
    return index;
  }

  /// Shred version of the cluster, 0..65535.
  public int version() {
    return unsignedShort(VERSION_OFFSET);
  }

  /// Index of the first data shred of the set; names the set within the slot, for both kinds.
  public int fecSetIndex() {
    return fecSetIndex;
  }

  /// Data: how many slots before this one its parent lies.
  public int parentOffset() {
    return unsignedShort(PARENT_OFFSET_OFFSET);
  }

  /// Data: the slot this block builds on.
  public long parentSlot() {
    return slot - parentOffset();
  }

  /// Data: the flags byte, 0..255.
  public int flags() {
    return bytes[base + FLAGS_OFFSET] & 0xff;
  }

  /// Data: PoH tick within the slot, saturating at 63.
  public int referenceTick() {
    return flags() & REFERENCE_TICK_MASK;
  }

  /// Data: whether a batch of entries ends here.
  public boolean isDataComplete() {
    return (flags() & FLAG_DATA_COMPLETE) != 0;
  }

  /// Data: whether the slot ends here.
  public boolean isLastInSlot() {
    return (flags() & FLAG_LAST_IN_SLOT) == FLAG_LAST_IN_SLOT;
  }

  /// Data: where the payload ends, which starts at [ShredLayout#DATA_HEADER_BYTES]. Of a legacy
  /// shred it is any number, since the oldest of them have no such field.
  public int size() {
    return unsignedShort(SIZE_OFFSET);
  }

  /// Data, not legacy: bytes of payload; 0 in shreds that only fill a set.
  public int payloadBytes() {
    return size() - DATA_HEADER_BYTES;
  }

  /// Code: data shreds of the set.
  public int dataCount() {
    return unsignedShort(DATA_COUNT_OFFSET);
  }

  /// Code: coding shreds of the set.
  public int codeCount() {
    return unsignedShort(CODE_COUNT_OFFSET);
  }

  /// Code: place among the coding shreds of the set.
  public int position() {
    return unsignedShort(POSITION_OFFSET);
  }

  /// Place among the leaves of the set's Merkle tree: data first, then code.
  public int leafIndex() {
    return isData() ? index - fecSetIndex : dataCount() + position();
  }

  public int proofEntries() {
    return ShredLayout.proofEntries(variant);
  }

  /// Where the Merkle proof starts and the bytes hashed into the leaf end.
  public int proofOffset() {
    return ShredLayout.proofOffset(variant);
  }

  /// End of the body; of a chained shred also the offset of its chained root.
  public int bodyEnd() {
    return ShredLayout.bodyEnd(variant);
  }

  /// Resigned: where the retransmitter signature starts; else the end of the shred.
  public int retransmitterSignatureOffset() {
    return ShredLayout.proofEnd(variant);
  }

  public int erasureOffset() {
    return ShredLayout.erasureOffset(variant);
  }

  public int erasureBytes() {
    return ShredLayout.erasureBytes(variant);
  }

  /// Eight bytes of the shred as a little-endian number, for comparing and hashing without a copy.
  public long longAt(int offset) {
    return (long) LONG.get(bytes, base + offset);
  }

  private int unsignedShort(int offset) {
    return (short) SHORT.get(bytes, base + offset) & 0xffff;
  }
}
