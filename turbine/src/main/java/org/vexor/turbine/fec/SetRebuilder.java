package org.vexor.turbine.fec;

import static org.vexor.turbine.shred.ShredLayout.*;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.erasure.ShardTable;
import org.vexor.turbine.fec.FecSet.DiscardReason;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.merkle.MerkleTree;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Makes the missing shreds of a set from those that are here, byte for byte as the leader made
/// them, and holds the result against the signed root. Scratch memory, one owner, no allocation.
final class SetRebuilder {
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final ReedSolomon reedSolomon = new ReedSolomon();
  private final ShardTable shards = new ShardTable();
  private final MerkleHasher hasher = new MerkleHasher();
  private final MerkleTree tree =
      new MerkleTree(hasher, ReedSolomon.MAX_DATA + ReedSolomon.MAX_CODE);
  private final ShredView view = new ShredView();

  String kernelName() {
    return reedSolomon.kernelName();
  }

  /// Rebuilds into the set's slabs, which must both be there, from k or more shreds.
  DiscardReason rebuild(FecSet set) {
    int count = set.dataCount + set.codeCount;
    shards.reset(set.dataCount, set.codeCount);
    for (int shard = 0; shard < count; shard++) {
      int offset = offset(set, shard) + erasureOffset(variant(set, shard));
      if (isHere(set, shard)) {
        shards.present(shard, slab(set, shard), offset);
      } else {
        shards.missing(shard, slab(set, shard), offset);
      }
    }
    if (!reedSolomon.reconstruct(shards, erasureBytes(set.dataVariant))) {
      throw new IllegalStateException(
          "set %d of slot %d has fewer shreds than the %d it needs"
              .formatted(set.fecSetIndex, set.slot, set.dataCount));
    }
    for (int shard = 0; shard < count; shard++) {
      if (!isHere(set, shard)) {
        writeAroundBody(set, shard);
      }
    }
    return prove(set, count);
  }

  private void writeAroundBody(FecSet set, int shard) {
    byte[] bytes = slab(set, shard);
    int base = offset(set, shard);
    int variant = variant(set, shard);
    System.arraycopy(set.signature, 0, bytes, base + SIGNATURE_OFFSET, SIGNATURE_BYTES);
    if (shard >= set.dataCount) {
      int position = shard - set.dataCount;
      bytes[base + VARIANT_OFFSET] = (byte) variant;
      LONG.set(bytes, base + SLOT_OFFSET, set.slot);
      INT.set(bytes, base + INDEX_OFFSET, set.firstCodeIndex + position);
      SHORT.set(bytes, base + VERSION_OFFSET, (short) set.version);
      INT.set(bytes, base + FEC_SET_INDEX_OFFSET, set.fecSetIndex);
      SHORT.set(bytes, base + DATA_COUNT_OFFSET, (short) set.dataCount);
      SHORT.set(bytes, base + CODE_COUNT_OFFSET, (short) set.codeCount);
      SHORT.set(bytes, base + POSITION_OFFSET, (short) position);
    }
    if (ShredLayout.isChained(variant)) {
      System.arraycopy(set.chainedRoot, 0, bytes, base + bodyEnd(variant), ROOT_BYTES);
    }
    if (ShredLayout.isResigned(variant)) {
      // Not part of what the leader signed; agave, too, takes that of a shred it received.
      int donor =
          set.receivedData.first() >= 0
              ? set.receivedData.first()
              : set.dataCount + set.receivedCode.first();
      System.arraycopy(
          slab(set, donor),
          offset(set, donor) + proofEnd(variant(set, donor)),
          bytes,
          base + proofEnd(variant),
          SIGNATURE_BYTES);
    }
  }

  private DiscardReason prove(FecSet set, int count) {
    for (int shard = 0; shard < count; shard++) {
      byte[] bytes = slab(set, shard);
      int base = offset(set, shard);
      int variant = variant(set, shard);
      int neighbour = shard ^ 1;
      if (neighbour < count && isHere(set, shard) && isHere(set, neighbour)) {
        // The neighbour's proof, verified on arrival, starts with this leaf's hash.
        System.arraycopy(
            slab(set, neighbour),
            offset(set, neighbour) + proofOffset(variant(set, neighbour)),
            tree.bytes(),
            tree.leafAt(shard),
            PROOF_ENTRY_BYTES); // of a leaf, inner nodes hash no more than that
      } else {
        int length = proofOffset(variant) - VARIANT_OFFSET;
        hasher.leaf(bytes, base + VARIANT_OFFSET, length, tree.bytes(), tree.leafAt(shard));
      }
    }
    if (MerkleTree.proofEntries(count) != ShredLayout.proofEntries(set.dataVariant)) {
      return DiscardReason.PROOF_LENGTH;
    }
    tree.build(count);
    int root = tree.rootAt();
    if (!Arrays.equals(set.root, 0, ROOT_BYTES, tree.bytes(), root, root + ROOT_BYTES)) {
      return DiscardReason.RECOVERED_ROOT_DIFFERS;
    }
    for (int shard = 0; shard < count; shard++) {
      if (!isHere(set, shard)) {
        int base = offset(set, shard);
        tree.writeProof(shard, slab(set, shard), base + proofOffset(variant(set, shard)));
        if (shard < set.dataCount && !isSound(set, shard)) {
          return DiscardReason.RECOVERED_SHRED_UNSOUND;
        }
      }
    }
    return DiscardReason.NONE;
  }

  /// A leader can sign parity of anything, so what comes out of it is parsed like what comes in.
  private boolean isSound(FecSet set, int place) {
    int length = shredBytes(set.dataVariant);
    if (view.parse(set.dataSlab, FecSet.rowOffset(place), length) != ShredRefusal.NONE
        || view.variant() != set.dataVariant
        || view.slot() != set.slot
        || view.index() != set.fecSetIndex + place
        || view.version() != set.version
        || view.fecSetIndex() != set.fecSetIndex) {
      return false;
    }
    if (set.parentOffset == FecSet.UNKNOWN) {
      set.parentOffset = view.parentOffset();
    }
    return view.parentOffset() == set.parentOffset;
  }

  /// Hands on every shred that was not received.
  void emit(FecSet set, ShredSink sink) {
    int count = set.dataCount + set.codeCount;
    for (int shard = 0; shard < count; shard++) {
      if (!isHere(set, shard)) {
        int length = shredBytes(variant(set, shard));
        sink.accept(slab(set, shard), offset(set, shard), length);
      }
    }
  }

  private static boolean isHere(FecSet set, int shard) {
    return shard < set.dataCount
        ? set.receivedData.has(shard)
        : set.receivedCode.has(shard - set.dataCount);
  }

  private static byte[] slab(FecSet set, int shard) {
    return shard < set.dataCount ? set.dataSlab : set.codeSlab;
  }

  private static int offset(FecSet set, int shard) {
    return FecSet.rowOffset(shard < set.dataCount ? shard : shard - set.dataCount);
  }

  private static int variant(FecSet set, int shard) {
    return shard < set.dataCount ? set.dataVariant : set.codeVariant;
  }
}
