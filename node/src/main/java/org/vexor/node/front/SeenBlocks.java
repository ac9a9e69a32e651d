package org.vexor.node.front;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.vexor.solana.Signature;

/// Which transactions the latest blocks held. One thread adds; any thread asks.
///
/// Of each signature eight bytes are kept, which are as good as random: 8 bytes a transaction make
/// some 20 MB of full blocks, and two transactions are taken for one another once in 10^13
/// questions.
public final class SeenBlocks {
  /// Longer than a blockhash lives.
  private static final int BLOCKS = 512;

  private static final int KEPT_BYTES = Long.BYTES;

  private final AtomicReferenceArray<Block> blocks = new AtomicReferenceArray<>(BLOCKS);
  private final AtomicLong newest = new AtomicLong(-1);
  private int next;

  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  private record Block(long slot, long[] sorted) {}

  /// A whole block, from the one thread that adds.
  ///
  /// @param signatures the first of each transaction
  public void add(long slot, List<Signature> signatures) {
    long[] kept = new long[signatures.size()];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = key(signatures.get(i));
    }
    Arrays.sort(kept);
    blocks.setRelease(next, new Block(slot, kept));
    next = (next + 1) % BLOCKS;
    if (slot > newest.getPlain()) {
      newest.setRelease(slot);
    }
  }

  /// The slot whose block holds a transaction, as far as blocks are remembered.
  public OptionalLong slotOf(Signature signature) {
    long key = key(signature);
    for (int i = 0; i < BLOCKS; i++) {
      Block block = blocks.getAcquire(i);
      if (block != null && Arrays.binarySearch(block.sorted(), key) >= 0) {
        return OptionalLong.of(block.slot());
      }
    }
    return OptionalLong.empty();
  }

  /// The highest slot with a block; empty before the first.
  public OptionalLong newest() {
    long slot = newest.getAcquire();
    return slot < 0 ? OptionalLong.empty() : OptionalLong.of(slot);
  }

  private static long key(Signature signature) {
    long key = 0;
    for (int i = 0; i < KEPT_BYTES; i++) {
      key = key << Byte.SIZE | (signature.byteAt(i) & 0xff);
    }
    return key;
  }
}
