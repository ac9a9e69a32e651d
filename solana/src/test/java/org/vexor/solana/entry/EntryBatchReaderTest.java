package org.vexor.solana.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;
import org.vexor.testkit.Fixtures;

final class EntryBatchReaderTest {
  private static EntryRefusal walk(byte[] bytes) {
    EntryBatchReader reader = new EntryBatchReader();
    reader.wrap(bytes, 0, bytes.length);
    while (reader.nextEntry()) {
      while (reader.nextTransaction()) {
        assertTrue(reader.transaction().length() > 0);
      }
    }
    assertTrue(reader.consumedBytes() <= bytes.length);
    return reader.refusal();
  }

  @Test
  void readsAWholeTestnetBlockAndItsChainOfHashes() throws IOException {
    TestnetBlock block = TestnetBlock.load();
    JsonNode expected = block.expected();
    assertEquals(expected.get("batches").size(), block.batches().size());
    EntryBatchReader reader = new EntryBatchReader();
    PohVerifier poh = new PohVerifier(62_500);
    int entries = 0;
    int ticks = 0;
    int transactions = 0;
    long hashes = 0;
    Hash last = Hash.ZERO;
    Signature lastSignature = Signature.of(new byte[64]);
    for (int b = 0; b < block.batches().size(); b++) {
      byte[] batch = block.batches().get(b);
      JsonNode described = expected.get("batches").get(b);
      assertEquals(EntryRefusal.NONE, reader.wrap(batch, 0, batch.length));
      assertEquals(described.get("entries").asInt(), reader.entryCount());
      while (reader.nextEntry()) {
        PohVerdict wanted = entries == 0 ? PohVerdict.UNKNOWN_START : PohVerdict.VALID;
        assertEquals(wanted, poh.verify(reader), "entry " + entries);
        entries++;
        ticks += reader.transactionCount() == 0 ? 1 : 0;
        transactions += reader.transactionCount();
        hashes += reader.numHashes();
        last = Hash.of(batch, reader.hashOffset());
        if (reader.transactionCount() > 0) {
          TransactionView transaction = reader.transaction();
          assertEquals(TransactionRefusal.NONE, transaction.sanitize());
          assertTrue(transaction.isSimpleVote());
          lastSignature = Signature.of(batch, transaction.signatureOffset(0));
        }
      }
      assertEquals(EntryRefusal.NONE, reader.refusal());
      assertEquals(described.get("consumed").asInt(), reader.consumedBytes());
    }
    assertEquals(expected.get("entries").asInt(), entries);
    assertEquals(expected.get("ticks").asInt(), ticks);
    assertEquals(expected.get("transactions").asInt(), transactions);
    assertEquals(expected.get("sum_num_hashes").asLong(), hashes);
    assertEquals(expected.get("last_entry_hash").asText(), last.toString());
    assertEquals(expected.get("last_signature").asText(), lastSignature.toString());
  }

  @Test
  void findsTheEntryThatDoesNotFollow() throws IOException {
    TestnetBlock block = TestnetBlock.load();
    byte[] before = block.batches().get(0);
    PohVerifier poh = new PohVerifier(62_500);
    EntryBatchReader reader = new EntryBatchReader();
    reader.wrap(before, 0, before.length);
    while (reader.nextEntry()) {
      poh.start(before, reader.hashOffset());
    }
    byte[] batch = block.batches().get(1).clone();
    reader.wrap(batch, 0, batch.length);
    while (reader.nextEntry() && reader.transactionCount() == 0) {
      assertEquals(EntryRefusal.NONE, reader.refusal());
    }
    assertTrue(reader.nextTransaction());
    batch[reader.transaction().signatureOffset(0)] ^= 1;
    int forged = reader.hashOffset();

    int invalid = 0;
    reader.wrap(batch, 0, batch.length);
    while (reader.nextEntry()) {
      if (poh.verify(reader) == PohVerdict.INVALID) {
        assertEquals(forged, reader.hashOffset());
        invalid++;
      }
    }
    assertEquals(1, invalid);
  }

  @Test
  void refusesToHashMoreThanAllowed() {
    byte[] batch = Fixtures.solanaBytes("vexor/two_entries_one_tx.bin");
    PohVerifier poh = new PohVerifier(4);
    poh.start(Hash.ZERO);
    EntryBatchReader reader = new EntryBatchReader();
    reader.wrap(batch, 0, batch.length);
    assertTrue(reader.nextEntry());
    assertEquals(PohVerdict.INVALID, poh.verify(reader));
    assertEquals(0, poh.hashesVerified());
  }

  @Test
  void stepsOverTransactionsNobodyAskedForAndIgnoresPadding() {
    byte[] batch = Fixtures.solanaBytes("vexor/two_entries_one_tx.bin");
    byte[] padded = Arrays.copyOf(batch, batch.length + 500);
    EntryBatchReader reader = new EntryBatchReader();
    assertEquals(EntryRefusal.NONE, reader.wrap(padded, 0, padded.length));
    assertTrue(reader.nextEntry());
    assertEquals(5, reader.numHashes());
    assertEquals(0, reader.transactionCount());
    assertTrue(reader.nextEntry());
    assertEquals(1, reader.transactionCount());
    assertFalse(reader.nextEntry());
    assertEquals(EntryRefusal.NONE, reader.refusal());
    assertEquals(batch.length, reader.consumedBytes());
    assertFalse(reader.isBlockMarker());
  }

  @Test
  void refusesEveryTruncationByName() {
    byte[] batch = Fixtures.solanaBytes("vexor/two_entries_one_tx.bin");
    assertEquals(EntryRefusal.NONE, walk(batch));
    for (int length = 0; length < batch.length; length++) {
      assertNotEquals(EntryRefusal.NONE, walk(Arrays.copyOf(batch, length)), "length " + length);
    }
  }

  @Test
  void readsBlockMarkers() {
    BlockMarker.UpdateParent parent =
        new BlockMarker.UpdateParent(417_955_320L, Hash.of(new byte[32]));
    byte[] bytes = BlockMarker.serialize(parent);
    EntryBatchReader reader = new EntryBatchReader();
    assertEquals(EntryRefusal.NONE, reader.wrap(bytes, 0, bytes.length));
    assertTrue(reader.isBlockMarker());
    assertFalse(reader.nextEntry());
    assertEquals(parent, BlockMarker.read(bytes, 0, bytes.length));

    BlockMarker.Footer footer = new BlockMarker.Footer(1, 1_790_000_000_000_000_000L, "vexor");
    byte[] footerBytes = BlockMarker.serialize(footer);
    assertEquals(footer, BlockMarker.read(footerBytes, 0, footerBytes.length));
    for (int length = 0; length < footerBytes.length; length++) {
      assertEquals(
          new BlockMarker.Refused(EntryRefusal.TRUNCATED),
          BlockMarker.read(footerBytes, 0, length));
    }
    footerBytes[10] = 77;
    assertEquals(
        new BlockMarker.Unknown(77, 16), BlockMarker.read(footerBytes, 0, footerBytes.length));
  }

  @MethodSource("org.vexor.solana.entry.EntryBatchesTest#seeds")
  @FuzzTest
  void neverThrowsWhateverTheBytes(byte[] data) {
    if (data.length > 0) {
      EntryRefusal refusal = walk(data);
      assertEquals(refusal, walk(data));
      BlockMarker.read(data, 0, data.length);
    }
  }
}
