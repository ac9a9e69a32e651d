package org.vexor.turbine.block;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.vexor.solana.Hash;
import org.vexor.solana.entry.Entry;
import org.vexor.solana.entry.EntryBatches;
import org.vexor.solana.entry.EntryChain;
import org.vexor.turbine.fec.Roots;
import org.vexor.turbine.fec.SetMaker;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.shred.ShredView;

/// A block of ticks made for a test, in one to three batches of one to three sets.
final class MadeBlock {
  static final int VERSION = 7;

  final long slot;
  final List<byte[]> shreds;
  final Hash lastHash;

  MadeBlock(long slot, Hash parentLastHash, long seed) {
    this.slot = slot;
    Random random = new Random(seed);
    EntryChain chain = new EntryChain(parentLastHash);
    List<byte[]> batches = new ArrayList<>();
    int batchCount = 1 + random.nextInt(3);
    for (int batch = 0; batch < batchCount; batch++) {
      List<Entry> entries = new ArrayList<>();
      int entryCount = 1 + random.nextInt(2 * 32 * 900 / 48);
      for (int i = 0; i < entryCount; i++) {
        entries.add(chain.tick(1 + random.nextInt(3)));
      }
      batches.add(EntryBatches.serialize(entries));
    }
    shreds = new SetMaker(slot, VERSION, slot == 0 ? 0 : 1).block(batches);
    lastHash = chain.current();
  }

  /// As many shreds of each set as can be lost taken away, at most, some doubled, and shuffled.
  List<byte[]> damaged(Random random) {
    List<byte[]> damaged = new ArrayList<>();
    for (int set = 0; set < shreds.size() / 64; set++) {
      List<byte[]> left = new ArrayList<>(shreds.subList(64 * set, 64 * set + 64));
      Collections.shuffle(left, random);
      left.subList(0, random.nextInt(33)).clear();
      damaged.addAll(left);
      damaged.addAll(left.subList(0, random.nextInt(left.size())));
    }
    Collections.shuffle(damaged, random);
    return damaged;
  }

  static ShredFate offer(BlockAssembler assembler, byte[] shred) {
    ShredView view = new ShredView();
    view.parse(shred, 0, shred.length);
    return assembler.offer(view, Roots.of(view), 0);
  }
}
