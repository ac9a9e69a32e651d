package org.vexor.turbine.shredder;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.erasure.ShardTable;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.merkle.MerkleTree;
import org.vexor.turbine.shred.ShredKind;

/// Makes the shreds of one leader, batch by batch while the slot goes on, slot after slot. One
/// owner; its buffers are used again and nothing is allocated but what the [RootSigner] does.
public final class Shredder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /// Each shred of the set at a stride of its own, data first.
  private static final int STRIDE = 1280;

  private static final int SHREDS = 2 * SET_SHREDS;
  private static final int DATA_BYTES = SET_SHREDS * capacity(TYPE_DATA_CHAINED);
  private static final int RESIGNED_DATA_BYTES = SET_SHREDS * capacity(TYPE_DATA_CHAINED_RESIGNED);

  private final RootSigner signer;
  private final int shredVersion;
  private final byte[] set = new byte[SHREDS * STRIDE];
  private final ReedSolomon erasure = new ReedSolomon();
  private final ShardTable shards = new ShardTable();
  private final MerkleHasher hasher = new MerkleHasher();
  private final MerkleTree tree = new MerkleTree(hasher, SHREDS);
  private final byte[] signature = new byte[SIGNATURE_BYTES];
  private final byte[] chainedRoot = new byte[ROOT_BYTES];
  private long slot;
  private int parentOffset;
  private int nextIndex;
  private boolean inSlot;

  /// A shredder that must be given a slot before a batch.
  ///
  /// @param shredVersion of the cluster, 0 to 65535
  public Shredder(RootSigner signer, int shredVersion) {
    if (shredVersion != (shredVersion & 0xffff)) {
      throw new IllegalArgumentException("shred version " + shredVersion + "; it is 0 to 65535");
    }
    this.signer = signer;
    this.shredVersion = shredVersion;
  }

  /// Begins a slot; what an unfinished one lacks is never made.
  ///
  /// @param parentSlot before `slot`; the same only for slot 0
  /// @param parentRoot Merkle root of the parent's last set, 32 bytes
  public void startSlot(long slot, long parentSlot, byte[] parentRoot) {
    long distance = slot - parentSlot;
    if (parentSlot < 0 || distance < 0 || distance > 0xffff || (distance == 0) != (slot == 0)) {
      throw new IllegalArgumentException(
          "slot "
              + slot
              + " on parent "
              + parentSlot
              + "; it is 1 to 65535 slots before, or both 0");
    }
    this.slot = slot;
    this.parentOffset = (int) distance;
    this.nextIndex = 0;
    this.inSlot = true;
    System.arraycopy(parentRoot, 0, chainedRoot, 0, ROOT_BYTES);
  }

  /// Shreds one batch of entries: one set or more, the last of them ending with DATA_COMPLETE.
  ///
  /// @param batch the serialized batch, at `[offset, offset + length)`
  /// @param referenceTick PoH tick of the slot, 0 or more, saturating at 63
  /// @param lastInSlot whether the slot ends with this batch; its last 28,768 bytes make a resigned
  ///   set then, and what is before them plain sets, of which the last is the one that is padded
  /// @throws IllegalStateException if no slot was started, or the last one has ended
  public void shred(
      byte[] batch,
      int offset,
      int length,
      int referenceTick,
      boolean lastInSlot,
      ShredOutput output) {
    if (!inSlot) {
      throw new IllegalStateException("no slot to shred for; call startSlot first");
    }
    inSlot = !lastInSlot;
    int tick = Math.min(referenceTick, REFERENCE_TICK_MASK);
    int resigned = lastInSlot ? Math.min(length, RESIGNED_DATA_BYTES) : 0;
    int plain = length - resigned;
    int plainSets = Math.max(Math.ceilDiv(plain, DATA_BYTES), lastInSlot ? 0 : 1);
    for (int i = 0; i < plainSets; i++) {
      int done = i * DATA_BYTES;
      boolean ends = !lastInSlot && i == plainSets - 1;
      int lastFlags = ends ? tick | FLAG_DATA_COMPLETE : tick;
      int taken = Math.min(plain - done, DATA_BYTES);
      shredSet(batch, offset + done, taken, lastFlags, false, output);
    }
    if (lastInSlot) {
      shredSet(batch, offset + plain, resigned, tick | FLAG_LAST_IN_SLOT, true, output);
    }
  }

  /// Bytes of entries that one data shred of a type carries.
  private static int capacity(int type) {
    return bodyEnd(type | SET_PROOF_ENTRIES) - DATA_HEADER_BYTES;
  }

  /// The Merkle root of the last set made, or the parent's: a copy of 32 bytes.
  public byte[] lastRoot() {
    return chainedRoot.clone();
  }

  /// Data shreds made in this slot, and coding shreds as many.
  public int nextIndex() {
    return nextIndex;
  }

  private void shredSet(
      byte[] batch, int offset, int length, int lastFlags, boolean resigned, ShredOutput output) {
    int dataVariant = chainedVariant(ShredKind.DATA, resigned, SET_PROOF_ENTRIES);
    int codeVariant = chainedVariant(ShredKind.CODE, resigned, SET_PROOF_ENTRIES);
    writeData(batch, offset, length, lastFlags, dataVariant);
    writeCode(codeVariant, dataVariant);
    for (int i = 0; i < SHREDS; i++) {
      int variant = i < SET_SHREDS ? dataVariant : codeVariant;
      int at = i * STRIDE;
      System.arraycopy(chainedRoot, 0, set, at + bodyEnd(variant), ROOT_BYTES);
      hasher.leaf(
          set,
          at + VARIANT_OFFSET,
          proofOffset(variant) - VARIANT_OFFSET,
          tree.bytes(),
          tree.leafAt(i));
    }
    tree.build(SHREDS);
    System.arraycopy(tree.bytes(), tree.rootAt(), chainedRoot, 0, ROOT_BYTES);
    signer.sign(chainedRoot, 0, ROOT_BYTES, signature, 0);
    for (int i = 0; i < SHREDS; i++) {
      int variant = i < SET_SHREDS ? dataVariant : codeVariant;
      int at = i * STRIDE;
      System.arraycopy(signature, 0, set, at, SIGNATURE_BYTES);
      tree.writeProof(i, set, at + proofOffset(variant));
      // The retransmitter signature is not the leader's to make.
      Arrays.fill(set, at + proofEnd(variant), at + shredBytes(variant), (byte) 0);
      output.shred(set, at, shredBytes(variant));
    }
    nextIndex += SET_SHREDS;
  }

  private void writeData(byte[] batch, int offset, int length, int lastFlags, int variant) {
    int capacity = capacity(variant & 0xf0);
    int tick = lastFlags & REFERENCE_TICK_MASK;
    int at = offset;
    int left = length;
    for (int i = 0; i < SET_SHREDS; i++) {
      int shred = i * STRIDE;
      int taken = Math.min(left, capacity);
      writeCommonHeader(shred, variant, nextIndex + i);
      SHORT.set(set, shred + PARENT_OFFSET_OFFSET, (short) parentOffset);
      set[shred + FLAGS_OFFSET] = (byte) (i == SET_SHREDS - 1 ? lastFlags : tick);
      SHORT.set(set, shred + SIZE_OFFSET, (short) (DATA_HEADER_BYTES + taken));
      int payload = shred + DATA_HEADER_BYTES;
      System.arraycopy(batch, at, set, payload, taken);
      Arrays.fill(set, payload + taken, shred + bodyEnd(variant), (byte) 0);
      at += taken;
      left -= taken;
    }
  }

  private void writeCode(int codeVariant, int dataVariant) {
    shards.reset(SET_SHREDS, SET_SHREDS);
    for (int i = 0; i < SET_SHREDS; i++) {
      int code = (SET_SHREDS + i) * STRIDE;
      writeCommonHeader(code, codeVariant, nextIndex + i);
      SHORT.set(set, code + DATA_COUNT_OFFSET, (short) SET_SHREDS);
      SHORT.set(set, code + CODE_COUNT_OFFSET, (short) SET_SHREDS);
      SHORT.set(set, code + POSITION_OFFSET, (short) i);
      shards.present(i, set, i * STRIDE + erasureOffset(dataVariant));
      shards.missing(SET_SHREDS + i, set, code + erasureOffset(codeVariant));
    }
    if (!erasure.reconstruct(shards, erasureBytes(codeVariant))) {
      throw new IllegalStateException("all data is present, and yet no code was made");
    }
  }

  private void writeCommonHeader(int shred, int variant, int index) {
    set[shred + VARIANT_OFFSET] = (byte) variant;
    LONG.set(set, shred + SLOT_OFFSET, slot);
    INT.set(set, shred + INDEX_OFFSET, index);
    SHORT.set(set, shred + VERSION_OFFSET, (short) shredVersion);
    INT.set(set, shred + FEC_SET_INDEX_OFFSET, nextIndex);
  }
}
