package org.vexor.turbine.block;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.turbine.block.BlockSummary.Content;
import org.vexor.turbine.erasure.ReedSolomon;
import org.vexor.turbine.fec.FecSet;
import org.vexor.turbine.fec.ShredFate;

/// Turns an assembled slot, whole or not, into its summary. Scratch memory, one owner.
final class Summarizer {
  private final Deshredder deshredder = new Deshredder();
  private final BlockDecoder decoder;

  Summarizer(BlockChecks checks) {
    decoder = new BlockDecoder(checks);
  }

  BlockSummary summarize(SlotAssembler slot, Optional<Hash> parentLastHash) {
    List<FecSet> sets = slot.setsInOrder();
    List<BatchSummary> batches = new ArrayList<>();
    Content content = decode(slot, sets, parentLastHash, batches);
    int recovered = 0;
    int shreds = 0;
    List<SetSummary> setSummaries = new ArrayList<>();
    for (FecSet set : sets) {
      recovered += set.recovered();
      shreds += set.receivedData() + set.receivedCode();
      setSummaries.add(summarize(set));
    }
    return new BlockSummary(
        slot.slot(),
        slot.version(),
        slot.isComplete(),
        shreds,
        List.copyOf(setSummaries),
        isChained(sets),
        slot.parentOffset() < 0
            ? OptionalLong.empty()
            : OptionalLong.of(slot.slot() - slot.parentOffset()),
        slot.hasEnd(),
        List.copyOf(batches),
        content,
        recovered,
        slot.fates(ShredFate.DUPLICATE),
        rejected(slot));
  }

  private Content decode(
      SlotAssembler slot,
      List<FecSet> sets,
      Optional<Hash> parentLastHash,
      List<BatchSummary> batches) {
    decoder.begin(parentLastHash);
    deshredder.clear();
    int next = 0;
    boolean inBatch = true; // whether all of the batch so far was there
    for (FecSet set : sets) {
      int places = set.dataCount() < 0 ? ReedSolomon.MAX_DATA : set.dataCount();
      for (int place = 0; place < places; place++) {
        int index = set.fecSetIndex() + place;
        if (!set.hasData(place) || index < next) {
          continue;
        }
        if (index > next) {
          decoder.gap();
          deshredder.clear();
          inBatch = false;
        }
        next = index + 1;
        if (deshredder.add(set.dataBytes(), set.dataOffset(place))) {
          if (inBatch) {
            batches.add(decoder.batch(index, deshredder.bytes(), deshredder.length()));
          }
          inBatch = true;
        }
      }
    }
    return decoder.finish(slot.isComplete());
  }

  private static SetSummary summarize(FecSet set) {
    return new SetSummary(
        set.fecSetIndex(),
        Hash.of(set.root()),
        set.isChained() ? Optional.of(Hash.of(set.chainedRoot())) : Optional.empty(),
        set.receivedData(),
        set.receivedCode(),
        set.isResigned(),
        set.state() == FecSet.State.DISCARDED);
  }

  private static boolean isChained(List<FecSet> sets) {
    for (int i = 1; i < sets.size(); i++) {
      FecSet before = sets.get(i - 1);
      FecSet set = sets.get(i);
      int distance = set.fecSetIndex() - before.fecSetIndex();
      boolean isNext =
          before.dataCount() < 0
              ? distance <= ReedSolomon.MAX_DATA && before.hasData(distance - 1)
              : distance == before.dataCount();
      if (isNext && set.isChained() && !Arrays.equals(set.chainedRoot(), before.root())) {
        return false;
      }
    }
    return true;
  }

  private static Map<ShredFate, Integer> rejected(SlotAssembler slot) {
    Map<ShredFate, Integer> rejected = new EnumMap<>(ShredFate.class);
    for (ShredFate fate : ShredFate.values()) {
      if (fate.isDropped() && slot.fates(fate) > 0) {
        rejected.put(fate, slot.fates(fate));
      }
    }
    return Map.copyOf(rejected);
  }
}
