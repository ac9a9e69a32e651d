package org.vexor.turbine.merkle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.solana.Hash;
import org.vexor.turbine.NeedsFixtures;
import org.vexor.turbine.ShredFixtures;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

final class MerkleFixturesTest {
  private final MerkleHasher hasher = new MerkleHasher();
  private final ShredView view = new ShredView();
  private final byte[] root = new byte[32];

  private Hash root(byte[] shred) {
    assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
    hasher.root(view, root, 0);
    return Hash.of(root);
  }

  @ParameterizedTest
  @CsvSource({
    "firedancer/demo-shreds.pcap, firedancer/demo-shreds.expected.json",
    "sig/slot-410010000-fecset-000000.shreds.bin, sig/slot-410010000-fecset-000000.expected.json",
    "sig/testnet-417955322.shreds.json.gz, sig/testnet-417955322.expected.json",
    "sig/merkle_proof_test_shreds_34_data_34_code.bin,"
        + " sig/merkle_proof_test_shreds_34_data_34_code.expected.json",
  })
  void everyShredHashesToTheRootOfItsSet(String shreds, String expected) {
    JsonNode sets = ShredFixtures.json(expected).get("fec_sets");
    Map<Integer, JsonNode> byIndex = new HashMap<>();
    sets.forEach(set -> byIndex.put(set.get("fec_set_index").asInt(), set));
    Map<Integer, Integer> seen = new HashMap<>();
    for (byte[] shred : ShredFixtures.datagrams(shreds)) {
      Hash found = root(shred);
      JsonNode set = Objects.requireNonNull(byIndex.get(view.fecSetIndex()));
      assertEquals(set.get("merkle_root").asText(), found.toString());
      assertEquals(set.get("chained_root").asText(), Hash.of(shred, view.bodyEnd()).toString());
      assertEquals(set.get("resigned").asBoolean(), view.isResigned());
      seen.merge(view.fecSetIndex(), 1, Integer::sum);
    }
    byIndex.forEach(
        (index, set) ->
            assertEquals(
                set.get("data").asInt() + set.get("code").asInt(), seen.getOrDefault(index, 0)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "validator/agave-4.2.2-slots-45-46.bin",
        "validator/agave-4.2.2-slots-47-48-lossy.bin",
        "sig/agave.blockstore.test_get_rooted_block.shreds.bin",
        "sig/mainnet_recovery_284737905.received.bin",
        "sig/mainnet_recovery_284737905.recovered.bin",
        "firedancer/localnet-v14-slot0-shreds.ar",
      })
  void allShredsOfASetHaveOneRoot(String name) {
    Map<String, Hash> roots = new HashMap<>();
    for (byte[] shred : ShredFixtures.datagrams(name)) {
      Hash found = root(shred);
      Hash before = roots.putIfAbsent(view.slot() + "/" + view.fecSetIndex(), found);
      assertTrue(before == null || before.equals(found));
    }
    assertFalse(roots.isEmpty());
  }

  @Test
  void aSetWithTwoRootsShowsBoth() {
    Set<Hash> roots = new HashSet<>();
    for (byte[] shred :
        ShredFixtures.datagrams("sig/merkle_root_metas_coding_test_shreds_3_1228.bin")) {
      roots.add(root(shred));
    }
    assertTrue(roots.size() >= 2, roots::toString);
  }

  @Test
  void theWholeTreeGivesTheProofsOfCapturedSets() {
    List<byte[]> shreds =
        ShredFixtures.datagrams("sig/merkle_proof_test_shreds_34_data_34_code.bin");
    MerkleTree tree = new MerkleTree(hasher, 68);
    for (byte[] shred : shreds) {
      view.parse(shred, 0, shred.length);
      hasher.leaf(view, tree.bytes(), tree.leafAt(view.leafIndex()));
    }
    tree.build(68);
    for (byte[] shred : shreds) {
      assertEquals(Hash.of(tree.bytes(), tree.rootAt()), root(shred));
      byte[] rebuilt = shred.clone();
      tree.writeProof(view.leafIndex(), rebuilt, view.proofOffset());
      assertArrayEquals(shred, rebuilt);
    }
  }

  @Test
  void treesHaveTheSizesOfAgave() {
    JsonNode vectors = ShredFixtures.json("agave/kat-random.json");
    JsonNode sizes = vectors.get("merkle_tree_size_by_leaves");
    for (int leaves = 0; leaves < sizes.size(); leaves++) {
      assertEquals(sizes.get(leaves).asInt(), MerkleTree.nodeCount(leaves), leaves + " leaves");
    }
    assertEquals(6, MerkleTree.proofEntries(64));
    assertEquals(7, MerkleTree.proofEntries(65));
    assertEquals(0, MerkleTree.proofEntries(1));
  }

  @Property(tries = 60)
  void everyProofOfATreeClimbsToItsRoot(
      @ForAll @IntRange(min = 1, max = 200) int leaves, @ForAll long seed) {
    Random random = new Random(seed);
    MerkleTree tree = new MerkleTree(hasher, leaves);
    byte[] content = new byte[100];
    for (int i = 0; i < leaves; i++) {
      random.nextBytes(content);
      hasher.leaf(content, 0, content.length, tree.bytes(), tree.leafAt(i));
    }
    tree.build(leaves);
    int entries = MerkleTree.proofEntries(leaves);
    byte[] proof = new byte[entries * ShredLayout.PROOF_ENTRY_BYTES];
    byte[] climbed = new byte[32];
    for (int i = 0; i < leaves; i++) {
      tree.writeProof(i, proof, 0);
      System.arraycopy(tree.bytes(), tree.leafAt(i), climbed, 0, 32);
      hasher.climb(i, proof, 0, entries, climbed, 0);
      assertEquals(Hash.of(tree.bytes(), tree.rootAt()), Hash.of(climbed));
    }
  }

  /// Any order, any damage: the short climb and the long one must say the same.
  @AddLifecycleHook(NeedsFixtures.class)
  @Property(tries = 40)
  void knownNodesAreAsStrictAsTheWholeClimb(@ForAll long seed) {
    Random random = new Random(seed);
    List<byte[]> shreds = ShredFixtures.datagrams("firedancer/demo-shreds.pcap").subList(0, 128);
    KnownNodes known = new KnownNodes(hasher);
    Hash verified = root(shreds.get(random.nextInt(64)));
    known.begin(view);
    assertEquals(verified, Hash.of(known.root()));
    int accepted = 0;
    for (int i = 0; i < 400; i++) {
      byte[] shred = shreds.get(random.nextInt(i % 16 == 0 ? 128 : 64)).clone();
      if (i % 3 == 0) {
        int at = 64 + random.nextInt(shred.length - 64);
        shred[at] ^= (byte) (1 << random.nextInt(8));
      }
      if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE
          || view.proofEntries() != ShredLayout.SET_PROOF_ENTRIES) {
        continue;
      }
      boolean same = root(shred).equals(verified);
      assertEquals(same, known.accepts(view), "shred " + i);
      accepted += same ? 1 : 0;
    }
    assertTrue(accepted > 200);
    assertNotEquals(400, accepted);
  }
}
