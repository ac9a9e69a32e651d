package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.testkit.Fixtures;

final class DecodeCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String DEMO = "firedancer/demo-shreds.pcap";
  private static final String DEMO_LEADER = "4rBaC4tZ4bd7fDGQpWpesBSmgqYmMzkASuZsZkbHCrBK";

  @TempDir private Path folder;

  private static CliRun decode(String... arguments) {
    return CliRun.of(
        Stream.concat(Stream.of("shreds", "decode"), Arrays.stream(arguments))
            .toArray(String[]::new));
  }

  private static JsonNode decodeJson(String... arguments) throws IOException {
    CliRun run =
        decode(Stream.concat(Stream.of("--json"), Arrays.stream(arguments)).toArray(String[]::new));
    assertEquals(0, run.exitCode(), run.err());
    return JSON.readTree(run.out());
  }

  /// Every value of the expectation, at its place in what was decoded; more may be there.
  private static void assertHolds(JsonNode expected, JsonNode actual, String where) {
    if (expected.isObject()) {
      expected
          .properties()
          .forEach(
              field -> {
                String path = where + "." + field.getKey();
                assertTrue(actual.has(field.getKey()), path + " is absent");
                assertHolds(field.getValue(), actual.get(field.getKey()), path);
              });
    } else if (expected.isArray()) {
      assertEquals(expected.size(), actual.size(), where);
      for (int i = 0; i < expected.size(); i++) {
        assertHolds(expected.get(i), actual.get(i), where + "[" + i + "]");
      }
    } else {
      assertEquals(expected, actual, where);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "firedancer/demo-shreds.pcap, firedancer/demo-shreds.expected.json, true",
    "sig/slot-410010000-fecset-000000.shreds.bin,"
        + " sig/slot-410010000-fecset-000000.expected.json, false",
    "sig/testnet-417955322.shreds.json.gz, sig/testnet-417955322.expected.json, false",
    "sig/merkle_proof_test_shreds_34_data_34_code.bin,"
        + " sig/merkle_proof_test_shreds_34_data_34_code.expected.json, false",
    "validator/agave-4.2.2-slots-45-46.bin, validator/agave-4.2.2-slots-45-46.expected.json, true",
    "validator/agave-4.2.2-slots-47-48-lossy.bin,"
        + " validator/agave-4.2.2-slots-47-48-lossy.expected.json, true",
  })
  void saysWhatOthersFoundInTheSameShreds(String capture, String expectation, boolean withLeader)
      throws IOException {
    JsonNode expected = JSON.readTree(Fixtures.solanaBytes(expectation));
    JsonNode slots = expected.isArray() ? expected : JSON.createArrayNode().add(expected);
    String file = Fixtures.solana(capture).toString();
    String leader = slots.get(0).path("leader").asText();
    JsonNode actual = withLeader ? decodeJson("--leader", leader, file) : decodeJson(file);
    assertHolds(slots, actual, "");
  }

  @Test
  void aBlockFollowsFromTheBlockBefore() throws IOException {
    JsonNode slots =
        decodeJson(Fixtures.solana("validator/agave-4.2.2-slots-45-46.bin").toString());
    assertEquals("unknown", slots.get(0).get("poh").asText(), "the parent is not in the file");
    assertEquals("valid", slots.get(1).get("poh").asText());
    assertEquals(0, slots.get(0).get("rejected").size());
  }

  @Test
  void shredsThatAnotherLeaderSignedAreCountedAndRefused() {
    CliRun run =
        decode(
            "--json",
            "--leader",
            "11111111111111111111111111111112",
            Fixtures.solana(DEMO).toString());
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().contains("bad_signature 512"), run.err());
    assertEquals("[ ]", run.out().strip());
  }

  @Test
  void rootsOfUnchainedShredsAreComputedAndOfLegacyOnesNot() throws IOException {
    JsonNode slots =
        decodeJson(Fixtures.solana("firedancer/localnet-v14-slot0-shreds.ar").toString());
    assertEquals(1, slots.size());
    JsonNode set = slots.get(0).get("fec_sets").get(0);
    assertTrue(set.get("chained_root").isNull());
    assertFalse(set.get("merkle_root").asText().isEmpty());

    CliRun legacy = decode(Fixtures.solana("radiance/mainnet-slot0-d000.bin").toString());
    assertEquals(2, legacy.exitCode());
    assertEquals(1, legacy.errLines().size(), legacy.err());
    assertTrue(legacy.err().contains("legacy"), legacy.err());
  }

  @Test
  void theSetWithTwoRootsIsNamed() throws IOException {
    JsonNode slots =
        decodeJson(
            Fixtures.solana("sig/merkle_root_metas_coding_test_shreds_3_1228.bin").toString());
    int conflicts = 0;
    for (JsonNode slot : slots) {
      conflicts += slot.get("rejected").path("root_conflict").asInt();
    }
    assertEquals(1, conflicts, slots.toString());
  }

  @Test
  void textSaysTheSameToPeople() {
    CliRun run = decode("--leader", DEMO_LEADER, Fixtures.solana(DEMO).toString());
    assertEquals(0, run.exitCode(), run.err());
    assertTrue(run.out().startsWith("slot 0  complete"), run.out());
    assertTrue(run.out().contains("1280, 1280 with valid signatures"), run.out());
    assertEquals("", run.err());
  }

  @Test
  void aTruncatedCaptureIsOneLineOrItsRest() throws IOException {
    for (String name :
        List.of(
            DEMO,
            "sig/slot-410010000-fecset-000000.shreds.bin",
            "sig/testnet-417955322.shreds.json.gz",
            "firedancer/localnet-v14-slot0-shreds.ar")) {
      byte[] whole = Fixtures.solanaBytes(name);
      for (int length : new int[] {0, 1, 7, 83, 1000, whole.length / 2, whole.length - 1}) {
        assertOneLineOfReason(Arrays.copyOf(whole, length), name + " cut to " + length);
      }
    }
  }

  @Test
  void noiseIsOneLine() throws IOException {
    var random = new Random(11);
    for (int length : new int[] {0, 1, 2, 8, 83, 1228, 1232, 100_000}) {
      byte[] noise = new byte[length];
      random.nextBytes(noise);
      assertOneLineOfReason(noise, length + " random bytes");
    }
  }

  @Test
  void knownCrashersOfOtherParsersAreOneLine() throws IOException {
    for (String name :
        List.of(
            "shred_parse-crash-83b.bin",
            "two_entries_one_tx.bin",
            "ping_message.bin",
            "merkle_data_zero_proof.bin",
            "legacy_single_signer_zero_ix.bin")) {
      assertOneLineOfReason(Fixtures.solanaBytes("vexor/" + name), name);
    }
  }

  private void assertOneLineOfReason(byte[] content, String what) throws IOException {
    Path file = Files.write(folder.resolve("capture"), content);
    CliRun run = decode(file.toString());
    assertTrue(run.exitCode() == 0 || run.exitCode() == 2, what + ": " + run.exitCode());
    assertTrue(run.errLines().size() <= 1, what + ": " + run.err());
    assertFalse(run.err().contains("Exception"), what + ": " + run.err());
    if (run.exitCode() == 2) {
      assertEquals(1, run.errLines().size(), what + ": " + run.err());
    }
  }

  @Test
  void whatIsWrongIsOneLine() {
    String file = folder.resolve("absent").toString();
    for (String[] wrong :
        new String[][] {
          {}, {file}, {"--leader", "0OIl", file}, {"--leader", "abc", file}, {"--nope"}
        }) {
      CliRun run = decode(wrong);
      assertEquals(2, run.exitCode(), run.err());
      assertEquals(1, run.errLines().size(), run.err());
    }
  }

  @Test
  void oneUnreadableFileDoesNotHideTheOthers() throws IOException {
    String good = Fixtures.solana(DEMO).toString();
    var arguments = new ArrayList<>(List.of("--json", folder.resolve("absent").toString(), good));
    CliRun run = decode(arguments.toArray(String[]::new));
    assertEquals(2, run.exitCode());
    assertEquals(1, JSON.readTree(run.out()).size());
  }
}
