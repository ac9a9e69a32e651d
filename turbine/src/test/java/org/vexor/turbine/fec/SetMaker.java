package org.vexor.turbine.fec;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.erasure.ShardTable;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.merkle.MerkleTree;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredView;

/// Makes chained sets of 32:32 for tests. The signature is no signature: it is made of the root, so
/// that it is the same in all shreds of a set and differs between sets.
public final class SetMaker {
  private static final int SET = ShredLayout.SET_SHREDS;

  private final long slot;
  private final int version;
  private final int parentOffset;
  private byte[] chainedRoot = new byte[32];
  private int nextIndex;

  /// Makes sets of one slot, first set first.
  public SetMaker(long slot, int version, int parentOffset) {
    this.slot = slot;
    this.version = version;
    this.parentOffset = parentOffset;
  }

  /// Bytes of payload that fit a data shred.
  public static int capacity(boolean resigned) {
    return resigned ? 899 : 963;
  }

  /// The shreds of a slot whose batches are the given payloads, in order, data before code in each
  /// set. Each batch starts a set, and the last set is resigned.
  public List<byte[]> block(List<byte[]> batches) {
    List<byte[]> shreds = new ArrayList<>();
    for (int batch = 0; batch < batches.size(); batch++) {
      byte[] payload = batches.get(batch);
      int at = 0;
      boolean isLastSet;
      do {
        boolean isLastBatch = batch == batches.size() - 1;
        isLastSet = isLastBatch && payload.length - at <= SET * capacity(true);
        int take = Math.min(payload.length - at, SET * capacity(isLastSet));
        boolean endsBatch = at + take == payload.length && (!isLastBatch || isLastSet);
        shreds.addAll(
            set(Arrays.copyOfRange(payload, at, at + take), isLastSet, endsBatch, isLastSet));
        at += take;
        if (endsBatch) {
          break;
        }
      } while (true);
    }
    return shreds;
  }

  /// 32 data and 32 code shreds that carry a payload.
  public List<byte[]> set(byte[] payload, boolean resigned, boolean dataComplete, boolean last) {
    int fecSetIndex = nextIndex;
    nextIndex += SET;
    List<byte[]> shreds = new ArrayList<>();
    int capacity = capacity(resigned);
    for (int i = 0; i < SET; i++) {
      byte[] bytes = new byte[ShredLayout.DATA_SHRED_BYTES];
      ByteBuffer shred = common(bytes, resigned ? 0xb6 : 0x96, i, fecSetIndex);
      int from = Math.min(payload.length, i * capacity);
      int size = Math.min(capacity, payload.length - from);
      boolean isEnd = i == SET - 1;
      int flags = (isEnd && dataComplete ? 0x40 : 0) | (isEnd && last ? 0xc0 : 0);
      shred.putShort(83, (short) parentOffset).put(85, (byte) flags);
      shred.putShort(86, (short) (88 + size)).put(88, payload, from, size);
      shreds.add(bytes);
    }
    for (int i = 0; i < SET; i++) {
      byte[] bytes = new byte[ShredLayout.CODE_SHRED_BYTES];
      ByteBuffer shred = common(bytes, resigned ? 0x76 : 0x66, i, fecSetIndex);
      shred.putShort(83, (short) SET).putShort(85, (short) SET).putShort(87, (short) i);
      shreds.add(bytes);
    }
    encode(shreds);
    return sign(shreds);
  }

  private ByteBuffer common(byte[] bytes, int variant, int place, int fecSetIndex) {
    ByteBuffer shred = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    shred.put(64, (byte) variant).putLong(65, slot).putInt(73, fecSetIndex + place);
    shred.putShort(77, (short) version).putInt(79, fecSetIndex);
    shred.put(ShredLayout.bodyEnd(variant), chainedRoot);
    return shred;
  }

  /// Fills the code shreds in.
  static void encode(List<byte[]> shreds) {
    ShardTable table = new ShardTable();
    table.reset(SET, SET);
    for (int i = 0; i < 2 * SET; i++) {
      if (i < SET) {
        table.present(i, shreds.get(i), 64);
      } else {
        table.missing(i, shreds.get(i), 89);
      }
    }
    new ReedSolomon().reconstruct(table, ShredLayout.erasureBytes(shreds.getFirst()[64] & 0xff));
  }

  /// Writes proofs and signatures, and chains the next set to this one.
  List<byte[]> sign(List<byte[]> shreds) {
    MerkleHasher hasher = new MerkleHasher();
    MerkleTree tree = new MerkleTree(hasher, shreds.size());
    for (int i = 0; i < shreds.size(); i++) {
      byte[] shred = shreds.get(i);
      int length = ShredLayout.proofOffset(shred[64] & 0xff) - 64;
      hasher.leaf(shred, 64, length, tree.bytes(), tree.leafAt(i));
    }
    tree.build(shreds.size());
    for (int i = 0; i < shreds.size(); i++) {
      byte[] shred = shreds.get(i);
      tree.writeProof(i, shred, ShredLayout.proofOffset(shred[64] & 0xff));
    }
    ShredView view = new ShredView();
    view.parse(shreds.getFirst(), 0, shreds.getFirst().length);
    chainedRoot = Roots.of(view);
    for (byte[] shred : shreds) {
      System.arraycopy(chainedRoot, 0, shred, 0, 32);
      System.arraycopy(chainedRoot, 0, shred, 32, 32);
    }
    return shreds;
  }
}
