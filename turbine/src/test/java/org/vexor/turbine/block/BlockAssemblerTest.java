package org.vexor.turbine.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.turbine.block.BlockListener.AbandonReason;
import org.vexor.turbine.fec.FecSets.CodeRebuild;
import org.vexor.turbine.fec.FecSets.Geometry;
import org.vexor.turbine.fec.SetMaker;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.fec.ShredSink;

final class BlockAssemblerTest {
  private static final BlockChecks CHECKS = new BlockChecks(true, 1_000, Optional.empty());

  private final Recorder recorder = new Recorder();
  private long nowNs;

  @Property(tries = 25)
  void givesTheSameSummaryWhateverIsLostAndHoweverItComes(
      @ForAll long blockSeed, @ForAll long damageSeed, @ForAll boolean offline) {
    MadeBlock block = new MadeBlock(9, Hash.ZERO, blockSeed);
    BlockSummary whole = assemble(block.shreds, offline);
    List<byte[]> damaged = block.damaged(new Random(damageSeed));
    BlockSummary rebuilt = assemble(damaged, offline);
    assertEquals(whole.content(), rebuilt.content());
    assertEquals(whole.batches(), rebuilt.batches());
    assertEquals(
        whole.fecSets().stream().map(SetSummary::merkleRoot).toList(),
        rebuilt.fecSets().stream().map(SetSummary::merkleRoot).toList());
    assertTrue(rebuilt.chained());
    assertEquals(Optional.of(block.lastHash), rebuilt.content().lastEntryHash());
    assertEquals(rebuilt.content().entries() - 1, rebuilt.content().pohFollowing());
    if (offline) {
      assertEquals(damaged.size(), rebuilt.shreds() + rebuilt.duplicates());
    }
  }

  private BlockSummary assemble(List<byte[]> shreds, boolean offline) {
    Recorder each = new Recorder();
    BlockAssembler assembler =
        new BlockAssembler(
            offline ? AssemblerOptions.offline(CHECKS) : AssemblerOptions.live(CHECKS),
            () -> 0,
            each,
            ShredSink.NONE);
    shreds.forEach(shred -> MadeBlock.offer(assembler, shred));
    assembler.finish();
    assertAccountsClose(assembler, shreds.size());
    assertEquals(0, assembler.heldBytes());
    assertEquals(List.of(), each.abandoned);
    return each.finished.getFirst();
  }

  @Test
  void finishesALiveSlotWithItsLastMissingDataShred() {
    MadeBlock block = new MadeBlock(9, Hash.ZERO, 1);
    BlockAssembler assembler = live(128, 256 << 20);
    for (byte[] shred : block.shreds) {
      MadeBlock.offer(assembler, shred);
    }
    assertEquals(1, recorder.finished.size());
    assertEquals(32, assembler.count(ShredFate.SLOT_FINISHED)); // the code of the last set
    assertEquals(1, assembler.finishedBlocks());
    assertEquals(0, assembler.slotsInFlight());
    assertEquals(ShredFate.SLOT_FINISHED, MadeBlock.offer(assembler, block.shreds.getFirst()));
    assertEquals(1, recorder.finished.size());
  }

  @Test
  void knowsTheHashesOfAChildFromItsParent() {
    MadeBlock parent = new MadeBlock(9, Hash.ZERO, 1);
    MadeBlock child = new MadeBlock(10, parent.lastHash, 2);
    MadeBlock stranger = new MadeBlock(11, Hash.ZERO, 3);
    BlockAssembler assembler = live(128, 256 << 20);
    for (MadeBlock block : List.of(parent, child, stranger)) {
      block.shreds.forEach(shred -> MadeBlock.offer(assembler, shred));
    }
    assertEquals(
        List.of(PohResult.UNKNOWN, PohResult.VALID, PohResult.INVALID),
        recorder.finished.stream().map(block -> block.content().poh()).toList());
  }

  @Test
  void givesUpTheLowestSlotWhenThereAreTooMany() {
    BlockAssembler assembler = live(2, 256 << 20);
    byte[][] first = new byte[4][];
    for (int slot = 1; slot <= 3; slot++) {
      first[slot] = new MadeBlock(slot, Hash.ZERO, 1).shreds.getFirst();
    }
    assertEquals(ShredFate.KEPT, MadeBlock.offer(assembler, first[2]));
    assertEquals(ShredFate.KEPT, MadeBlock.offer(assembler, first[3]));
    assertEquals(ShredFate.SLOT_TOO_OLD, MadeBlock.offer(assembler, first[1]));
    assertEquals(
        ShredFate.KEPT,
        MadeBlock.offer(assembler, new MadeBlock(4, Hash.ZERO, 1).shreds.getFirst()));
    assertEquals(List.of(AbandonReason.TOO_MANY_SLOTS), recorder.reasons);
    assertEquals(2, recorder.abandoned.getFirst().slot());
    assertEquals(ShredFate.SLOT_ABANDONED, MadeBlock.offer(assembler, first[2]));
    assertAccountsClose(assembler, 5);
  }

  @Test
  void holdsNoMoreMemoryThanItMay() {
    BlockAssembler assembler = live(128, 1 << 20);
    for (int slot = 1; slot <= 30; slot++) {
      SetMaker maker = new SetMaker(slot, MadeBlock.VERSION, 1);
      MadeBlock.offer(assembler, maker.set(new byte[9], false, true, false).getFirst());
      assertTrue(assembler.heldBytes() <= 1 << 20);
    }
    assertEquals(30 - (1 << 20) / 39_296, recorder.abandoned.size());
    assertEquals(AbandonReason.TOO_MUCH_MEMORY, recorder.reasons.getFirst());
    assertEquals(1, recorder.abandoned.getFirst().slot());
  }

  @Test
  void givesUpSlotsThatHadTheirTime() {
    BlockAssembler assembler = live(128, 256 << 20);
    MadeBlock.offer(assembler, new MadeBlock(1, Hash.ZERO, 1).shreds.getFirst());
    nowNs = 30_000_000_000L;
    MadeBlock.offer(assembler, new MadeBlock(2, Hash.ZERO, 1).shreds.getFirst());
    assertEquals(0, assembler.expire());
    nowNs = 70_000_000_000L;
    assertEquals(1, assembler.expire());
    assertEquals(List.of(AbandonReason.TOO_OLD), recorder.reasons);
    assertEquals(1, recorder.abandoned.getFirst().slot());
    assertEquals(1, assembler.slotsInFlight());
  }

  @Test
  void namesWhatContradictsTheSlot() {
    BlockAssembler assembler = live(128, 256 << 20);
    SetMaker maker = new SetMaker(5, MadeBlock.VERSION, 1);
    List<byte[]> first = maker.set(new byte[9], false, true, false);
    List<byte[]> last = maker.set(new byte[9], true, true, true);
    List<byte[]> behind = maker.set(new byte[9], true, true, true);
    List<byte[]> otherVersion = new SetMaker(5, 8, 1).set(new byte[9], false, true, false);
    List<byte[]> otherParent =
        new SetMaker(5, MadeBlock.VERSION, 2).set(new byte[8], false, true, false);
    assertEquals(ShredFate.KEPT, MadeBlock.offer(assembler, first.getFirst()));
    assertEquals(ShredFate.KEPT, MadeBlock.offer(assembler, last.get(31)));
    assertEquals(ShredFate.LAST_INDEX_CONFLICT, MadeBlock.offer(assembler, behind.getFirst()));
    assertEquals(ShredFate.LAST_INDEX_CONFLICT, MadeBlock.offer(assembler, behind.get(31)));
    assertEquals(ShredFate.VERSION_CONFLICT, MadeBlock.offer(assembler, otherVersion.get(1)));
    assertEquals(ShredFate.PARENT_CONFLICT, MadeBlock.offer(assembler, otherParent.get(1)));
    byte[] far = first.get(1).clone();
    ByteBuffer.wrap(far).order(ByteOrder.LITTLE_ENDIAN).putInt(73, 32_768).putInt(79, 32_768);
    assertEquals(ShredFate.SLOT_TOO_LARGE, MadeBlock.offer(assembler, far));
    assembler.finish();
    assertEquals(
        Map.of(
            ShredFate.LAST_INDEX_CONFLICT, 2,
            ShredFate.VERSION_CONFLICT, 1,
            ShredFate.PARENT_CONFLICT, 1,
            ShredFate.SLOT_TOO_LARGE, 1),
        recorder.abandoned.getFirst().rejected());
    assertAccountsClose(assembler, 7);
  }

  /// Code shreds give data behind an end that was received.
  @Test
  void givesUpASlotWhoseRecoveredShredsContradictReceivedOnes() {
    BlockAssembler assembler = live(128, 256 << 20);
    SetMaker maker = new SetMaker(5, MadeBlock.VERSION, 1);
    List<byte[]> last = maker.set(new byte[9], true, true, true);
    List<byte[]> behind = maker.set(new byte[9], true, true, true);
    MadeBlock.offer(assembler, last.get(31));
    behind.subList(32, 64).forEach(shred -> MadeBlock.offer(assembler, shred));
    assertEquals(List.of(AbandonReason.CONTRADICTORY), recorder.reasons);
  }

  @Test
  void decodesTheBatchesAroundAGap() {
    BlockAssembler assembler = live(128, 256 << 20);
    SetMaker maker = new SetMaker(5, MadeBlock.VERSION, 1);
    byte[] payload = new byte[8 + 48]; // one entry of zeros
    payload[0] = 1;
    List<byte[]> shreds = new ArrayList<>();
    for (int set = 0; set < 3; set++) {
      shreds.addAll(maker.set(payload, false, true, false).subList(0, 32));
    }
    shreds.remove(40);
    shreds.forEach(shred -> MadeBlock.offer(assembler, shred));
    assembler.finish();
    BlockSummary partial = recorder.abandoned.getFirst();
    assertEquals(List.of(31, 95), partial.batches().stream().map(BatchSummary::lastIndex).toList());
    assertEquals(2, partial.content().entries());
    assertEquals(PohResult.UNKNOWN, partial.content().poh());
    assertFalse(partial.complete());
    assertFalse(partial.lastInSlot());
  }

  /// What is no shred of a block at all keeps no slot alive.
  @Property(tries = 40)
  void survivesAnyShred(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 300) int count, @ForAll boolean offline) {
    Random random = new Random(seed);
    List<byte[]> pool = new MadeBlock(9, Hash.ZERO, 3).shreds;
    Recorder each = new Recorder();
    BlockAssembler assembler =
        new BlockAssembler(
            new AssemblerOptions(
                offline ? Geometry.ANY : Geometry.LIVE,
                CodeRebuild.ALWAYS,
                3,
                2 << 20,
                1_000,
                offline,
                CHECKS),
            () -> 0,
            each,
            ShredSink.NONE);
    FuzzFeed feed = new FuzzFeed(assembler);
    for (int i = 0; i < count; i++) {
      byte[] shred = pool.get(random.nextInt(pool.size())).clone();
      for (int change = random.nextInt(3); change > 0; change--) {
        shred[64 + random.nextInt(30)] = (byte) random.nextInt();
      }
      feed.offer(shred);
    }
    assembler.finish();
    assertAccountsClose(assembler, feed.offered());
    assertEquals(0, assembler.heldBytes());
  }

  private BlockAssembler live(int maxSlots, long maxBytes) {
    AssemblerOptions options = AssemblerOptions.live(CHECKS);
    return new BlockAssembler(
        new AssemblerOptions(
            options.geometry(),
            options.codeRebuild(),
            maxSlots,
            maxBytes,
            options.maxAgeNs(),
            options.keepComplete(),
            CHECKS),
        () -> nowNs,
        recorder,
        ShredSink.NONE);
  }

  private static void assertAccountsClose(BlockAssembler assembler, long offered) {
    long counted = Arrays.stream(ShredFate.values()).mapToLong(assembler::count).sum();
    assertEquals(offered, counted);
  }
}
