package org.vexor.turbine.block;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.fec.Captures;
import org.vexor.turbine.fec.Roots;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Captured blocks against what independent programs say of them, field by field.
final class CapturedBlocksTest {
  private final Ed25519Verifier verifier = new Ed25519Verifier();
  private final BlockChecks all =
      new BlockChecks(
          true,
          1_000_000,
          Optional.of(
              (bytes, key, signature, message, length) ->
                  verifier.verify(bytes, message, length, bytes, signature, bytes, key)));
  private final Recorder recorder = new Recorder();

  @Test
  void aSetOfTestnet() throws IOException {
    decode(Captures.read("sig/slot-410010000-fecset-000000.shreds.bin"));
    compare("sig/slot-410010000-fecset-000000.expected.json");
    BlockSummary block = recorder.abandoned.getFirst();
    assertFalse(block.complete());
    assertEquals(64, block.content().pohFollowing());
    assertEquals(PohResult.UNKNOWN, block.content().poh());
  }

  @Test
  void aBlockOfTestnet() throws IOException {
    decode(Captures.read("sig/testnet-417955322.shreds.json.gz"));
    compare("sig/testnet-417955322.expected.json");
    BlockSummary block = recorder.finished.getFirst();
    assertTrue(block.chained());
    assertEquals(102, block.content().pohFollowing()); // all but the first
  }

  @Test
  void aBlockOfFiredancer() throws IOException {
    decode(Captures.read("firedancer/demo-shreds.pcap"));
    compare("firedancer/demo-shreds.expected.json");
    assertTrue(recorder.finished.getFirst().chained());
  }

  @Test
  void aSetOf34And34() throws IOException {
    decode(Captures.read("sig/merkle_proof_test_shreds_34_data_34_code.bin"));
    compare("sig/merkle_proof_test_shreds_34_data_34_code.expected.json");
  }

  @Test
  void twoBlocksOfAValidator() throws IOException {
    decode(Captures.read("validator/agave-4.2.2-slots-45-46.bin"));
    compare("validator/agave-4.2.2-slots-45-46.expected.json");
    assertEquals(PohResult.VALID, recorder.finished.get(1).content().poh());
  }

  @Test
  void twoBlocksOfAValidatorWithLosses() throws IOException {
    decode(Captures.read("validator/agave-4.2.2-slots-47-48-lossy.bin"));
    compare("validator/agave-4.2.2-slots-47-48-lossy.expected.json");
    for (BlockSummary block : recorder.finished) {
      assertTrue(block.chained());
      assertEquals(block.fecSets().size() * 64, block.recovered() + block.shreds());
    }
  }

  private void decode(List<byte[]> shreds) {
    var assembler =
        new BlockAssembler(AssemblerOptions.offline(all), () -> 0, recorder, ShredSink.NONE);
    ShredView view = new ShredView();
    for (byte[] shred : shreds) {
      assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
      assertEquals(ShredFate.KEPT, assembler.offer(view, Roots.of(view), 0));
    }
    assembler.finish();
    assertEquals(0, assembler.heldBytes());
  }

  private void compare(String name) throws IOException {
    JsonNode expected = new ObjectMapper().readTree(Fixtures.solanaBytes(name));
    List<JsonNode> blocks = new ArrayList<>();
    if (expected.isArray()) {
      expected.forEach(blocks::add);
    } else {
      blocks.add(expected);
    }
    List<BlockSummary> summaries = new ArrayList<>(recorder.finished);
    summaries.addAll(recorder.abandoned);
    assertEquals(blocks.size(), summaries.size());
    for (int i = 0; i < blocks.size(); i++) {
      BlockSummary summary = summaries.get(i);
      for (var field : blocks.get(i).properties()) {
        compareField(field.getKey(), field.getValue(), summary);
      }
    }
  }

  private static void compareField(String name, JsonNode expected, BlockSummary block) {
    BlockSummary.Content content = block.content();
    String actual =
        switch (name) {
          case "leader" -> text(expected); // who signed is not known here
          case "slot" -> "" + block.slot();
          case "shred_version" -> "" + block.shredVersion();
          case "shreds" -> "" + block.shreds();
          case "parent_slot" -> "" + block.parentSlot().orElseThrow();
          case "last_in_slot" -> "" + block.lastInSlot();
          case "entries" -> "" + content.entries();
          case "ticks" -> "" + content.ticks();
          case "transactions" -> "" + content.transactions();
          case "tx_signatures_valid" -> "" + content.transactionSignaturesValid().orElseThrow();
          case "sum_num_hashes" -> "" + content.sumNumHashes();
          case "first_entry_hash" -> content.firstEntryHash().orElseThrow().toString();
          case "last_entry_hash" -> content.lastEntryHash().orElseThrow().toString();
          case "first_signature" -> content.firstSignatures().getFirst().toString();
          case "last_signature" -> content.lastSignature().orElseThrow().toString();
          case "sha256_of_first_signatures" ->
              hex(content.digests().orElseThrow().firstSignatures());
          case "transactions_sha256" -> hex(content.digests().orElseThrow().transactions());
          case "fec_sets" -> {
            compareSets(expected, block.fecSets());
            yield text(expected);
          }
          case "batches" -> {
            compareBatches(expected, block.batches());
            yield text(expected);
          }
          case "first_signatures" -> {
            for (int i = 0; i < expected.size(); i++) {
              Signature signature = content.firstSignatures().get(i);
              assertEquals(expected.get(i).textValue(), signature.toString());
            }
            assertEquals(expected.size(), content.firstSignatures().size());
            yield text(expected);
          }
          default -> fail("a field without comparison: " + name);
        };
    assertEquals(text(expected), actual, name);
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }

  private static String hex(Hash hash) {
    return HexFormat.of().formatHex(hash.bytes());
  }

  private static void compareSets(JsonNode expected, List<SetSummary> sets) {
    assertEquals(expected.size(), sets.size());
    for (int i = 0; i < sets.size(); i++) {
      JsonNode json = expected.get(i);
      SetSummary set = sets.get(i);
      assertEquals(json.get("fec_set_index").intValue(), set.fecSetIndex());
      assertEquals(json.get("merkle_root").textValue(), set.merkleRoot().toString());
      assertEquals(
          json.get("chained_root").textValue(), set.chainedRoot().orElseThrow().toString());
      assertEquals(json.get("data").intValue(), set.data());
      assertEquals(json.get("code").intValue(), set.code());
      assertEquals(json.get("resigned").booleanValue(), set.resigned());
    }
  }

  private static void compareBatches(JsonNode expected, List<BatchSummary> batches) {
    assertEquals(expected.size(), batches.size());
    for (int i = 0; i < batches.size(); i++) {
      JsonNode json = expected.get(i);
      BatchSummary batch = batches.get(i);
      assertEquals(json.get("last_index").intValue(), batch.lastIndex());
      assertEquals(json.get("bytes").intValue(), batch.bytes());
      assertEquals(json.get("consumed").intValue(), batch.consumed());
      assertEquals(json.get("entries").intValue(), batch.entries());
      assertEquals(json.get("txs").intValue(), batch.transactions());
    }
  }
}
