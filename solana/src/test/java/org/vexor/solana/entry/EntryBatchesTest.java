package org.vexor.solana.entry;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.Transactions;

final class EntryBatchesTest {
  private static List<Entry> random(long seed) {
    Random random = new Random(seed);
    EntryChain chain = new EntryChain(Hash.ZERO);
    List<Entry> entries = new ArrayList<>();
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      List<Transaction> transactions = new ArrayList<>();
      for (int t = random.nextInt(5); t > 0; t--) {
        transactions.add(Transactions.random(random.nextLong(), random.nextInt(3) - 1));
      }
      long numHashes = 1L + random.nextInt(20);
      entries.add(
          transactions.isEmpty() ? chain.tick(numHashes) : chain.record(numHashes, transactions));
    }
    return entries;
  }

  static Stream<byte[]> seeds() {
    return Stream.concat(
        Stream.of(1L, 2L, 3L).map(seed -> EntryBatches.serialize(random(seed))),
        Stream.of(
            BlockMarker.serialize(new BlockMarker.Footer(1, 5, "vexor")),
            BlockMarker.serialize(new BlockMarker.UpdateParent(7, Hash.ZERO))));
  }

  @Property(tries = 100)
  void readsBackWhatItSerializedAndTheChainHolds(@ForAll long seed) {
    List<Entry> entries = random(seed);
    byte[] bytes = EntryBatches.serialize(entries);
    EntryBatchReader reader = new EntryBatchReader();
    assertEquals(EntryRefusal.NONE, reader.wrap(bytes, 0, bytes.length));
    assertEquals(entries, EntryBatches.copy(reader));
    assertEquals(bytes.length, reader.consumedBytes());

    PohVerifier poh = new PohVerifier(20);
    poh.start(Hash.ZERO);
    reader.wrap(bytes, 0, bytes.length);
    while (reader.nextEntry()) {
      assertEquals(PohVerdict.VALID, poh.verify(reader));
    }
    assertEquals(EntryRefusal.NONE, reader.refusal());
  }

  @Property(tries = 20)
  void refusesEveryTruncation(@ForAll long seed) {
    byte[] bytes = EntryBatches.serialize(random(seed));
    EntryBatchReader reader = new EntryBatchReader();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      reader.wrap(cut, 0, length);
      EntryBatches.copy(reader);
      assertTrue(reader.refusal() != EntryRefusal.NONE, "length " + length);
    }
  }

  @Test
  void aCapturedBlockSerializesToItsBytes() throws IOException {
    EntryBatchReader reader = new EntryBatchReader();
    for (byte[] batch : TestnetBlock.load().batches()) {
      reader.wrap(batch, 0, batch.length);
      byte[] again = EntryBatches.serialize(EntryBatches.copy(reader));
      assertArrayEquals(Arrays.copyOf(batch, reader.consumedBytes()), again);
    }
  }

  @Test
  void makesNoBatchThatWouldReadAsAMarker() {
    assertThrows(IllegalArgumentException.class, () -> EntryBatches.serialize(List.of()));
  }
}
