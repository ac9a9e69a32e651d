package org.vexor.turbine.block;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.entry.BlockMarker;
import org.vexor.solana.entry.EntryRefusal;
import org.vexor.turbine.fec.SetMaker;

final class DeshredderTest {
  @Test
  void joinsPayloadsUntilABatchEnds() {
    byte[] payload = new byte[60_000];
    new Random(1).nextBytes(payload);
    List<byte[]> shreds = new SetMaker(5, 1, 1).block(List.of(payload, new byte[10]));
    Deshredder deshredder = new Deshredder();
    List<byte[]> data = shreds.stream().filter(shred -> shred.length == 1203).toList();
    for (int i = 0; i < 64; i++) {
      assertEquals(i == 63, deshredder.add(data.get(i), 0));
    }
    assertArrayEquals(payload, Arrays.copyOf(deshredder.bytes(), deshredder.length()));
    assertFalse(deshredder.add(data.get(64), 0));
    assertEquals(10, deshredder.length());
  }

  @Test
  void readsMarkersAndStepsOverPadding() {
    BlockDecoder decoder = new BlockDecoder(new BlockChecks(true, 10, Optional.empty()));
    decoder.begin(Optional.empty());
    byte[] marker = BlockMarker.serialize(new BlockMarker.UpdateParent(4, Hash.ZERO));
    BatchSummary markerBatch = decoder.batch(31, marker, marker.length);
    assertEquals(0, markerBatch.entries());
    assertEquals(EntryRefusal.NONE, markerBatch.refusal());
    byte[] padded = new byte[8 + 48 + 300];
    padded[0] = 1;
    BatchSummary batch = decoder.batch(63, padded, padded.length);
    assertEquals(new BatchSummary(63, 356, 56, 1, 0, EntryRefusal.NONE), batch);
    BlockSummary.Content content = decoder.finish(true);
    assertEquals(List.of(new BlockMarker.UpdateParent(4, Hash.ZERO)), content.markers());
    assertEquals(1, content.ticks());
  }

  @Test
  void namesABatchThatCannotBeRead() {
    BlockDecoder decoder = new BlockDecoder(new BlockChecks(true, 10, Optional.empty()));
    decoder.begin(Optional.of(Hash.ZERO));
    byte[] broken = new byte[8 + 48];
    broken[0] = 2;
    BatchSummary batch = decoder.batch(31, broken, broken.length);
    assertEquals(EntryRefusal.COUNT_BEYOND_BYTES, batch.refusal());
    assertEquals(PohResult.UNKNOWN, decoder.finish(true).poh());
    assertTrue(decoder.finish(true).lastEntryHash().isEmpty());
  }
}
