package org.vexor.turbine.shredder;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.solana.Hash;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.JdkEd25519;
import org.vexor.turbine.ShredFixtures;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredFilter;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

final class ShredderTest {
  /// For tests of bytes that no signature is part of.
  private static final RootSigner UNSIGNED = (message, offset, length, target, at) -> {};

  private final ShredView view = new ShredView();

  private static ShredOutput into(List<byte[]> shreds) {
    return (bytes, offset, length) ->
        shreds.add(Arrays.copyOfRange(bytes, offset, offset + length));
  }

  @Test
  void makesTheShredsOfFiredancerByteForByte() {
    byte[] batch = Fixtures.solanaBytes("firedancer/demo-shreds.bin");
    byte[] seed = Arrays.copyOf(Fixtures.solanaBytes("firedancer/demo-shreds.key"), 32);
    // Given in firedancer's test as the bytes 1 to 15 and a 0, twice.
    byte[] parentRoot = new byte[32];
    for (int i = 0; i < 32; i++) {
      parentRoot[i] = (byte) ((i + 1) % 16);
    }
    List<byte[]> expected = ShredFixtures.datagrams("firedancer/demo-shreds.pcap");
    Shredder shredder =
        new Shredder((m, o, l, t, at) -> JdkEd25519.sign(seed, m, o, l, t, at), 6051);
    List<byte[]> made = new ArrayList<>();
    shredder.startSlot(0, 0, parentRoot);
    shredder.shred(batch, 0, batch.length, 0, true, into(made));

    assertEquals(512, made.size());
    Map<String, byte[]> byPlace = new TreeMap<>();
    expected.forEach(shred -> byPlace.put(place(shred), withoutRetransmitter(shred)));
    for (byte[] shred : made) {
      assertArrayEquals(byPlace.remove(place(shred)), withoutRetransmitter(shred), place(shred));
    }
    assertTrue(byPlace.isEmpty());
  }

  private String place(byte[] shred) {
    assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
    return view.slot() + " " + view.kind() + " " + view.index();
  }

  private byte[] withoutRetransmitter(byte[] shred) {
    view.parse(shred, 0, shred.length);
    return Arrays.copyOf(shred, view.retransmitterSignatureOffset());
  }

  /// Whole blocks of real leaders: their batches, shredded again, give their bytes again. We have
  /// not their keys, so all but the signature is compared.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "validator/agave-4.2.2-slots-45-46.bin",
        "sig/testnet-417955322.shreds.json.gz",
        "sig/slot-410010000-fecset-000000.shreds.bin",
      })
  void shredsTheBatchesOfRealBlocksAsTheirLeadersDid(String name) {
    Map<Long, TreeMap<Integer, byte[]>> slots = new TreeMap<>();
    Map<String, byte[]> expected = new TreeMap<>();
    for (byte[] shred : ShredFixtures.datagrams(name)) {
      expected.put(place(shred), signedPart(shred));
      if (view.isData()) {
        slots.computeIfAbsent(view.slot(), s -> new TreeMap<>()).put(view.index(), shred);
      }
    }
    int data = 0;
    int equal = 0;
    for (TreeMap<Integer, byte[]> shreds : slots.values()) {
      List<byte[]> made = shredAgain(shreds.values());
      data += shreds.size();
      for (byte[] shred : made) {
        byte[] original = expected.get(place(shred));
        if (original != null) {
          assertArrayEquals(original, signedPart(shred), place(shred));
          equal++;
        }
      }
    }
    assertTrue(data > 0);
    assertEquals(expected.size(), equal);
  }

  private byte[] signedPart(byte[] shred) {
    view.parse(shred, 0, shred.length);
    return Arrays.copyOfRange(
        shred, ShredLayout.VARIANT_OFFSET, view.retransmitterSignatureOffset());
  }

  private List<byte[]> shredAgain(Iterable<byte[]> dataShreds) {
    List<byte[]> made = new ArrayList<>();
    ByteArrayOutputStream batch = new ByteArrayOutputStream();
    Shredder shredder = null;
    for (byte[] shred : dataShreds) {
      view.parse(shred, 0, shred.length);
      if (shredder == null) {
        shredder = new Shredder(UNSIGNED, view.version());
        byte[] parentRoot = Arrays.copyOfRange(shred, view.bodyEnd(), view.bodyEnd() + 32);
        shredder.startSlot(view.slot(), view.parentSlot(), parentRoot);
      }
      batch.write(shred, ShredLayout.DATA_HEADER_BYTES, view.payloadBytes());
      if (view.isDataComplete()) {
        shredder.shred(
            batch.toByteArray(),
            0,
            batch.size(),
            view.referenceTick(),
            view.isLastInSlot(),
            into(made));
        batch.reset();
      }
    }
    return made;
  }

  /// Make, parse, judge, hash: what comes out is what went in.
  @Property(tries = 12)
  void whatIsMadeIsSoundAndWhole(
      @ForAll @IntRange(min = 1, max = 100_000) int length,
      @ForAll boolean last,
      @ForAll @IntRange(min = 0, max = 80) int tick,
      @ForAll long seed) {
    byte[] batch = new byte[length];
    new Random(seed).nextBytes(batch);
    List<byte[]> made = new ArrayList<>();
    Shredder shredder = new Shredder(UNSIGNED, 65_535);
    shredder.startSlot(1000, 998, new byte[32]);
    shredder.shred(batch, 0, Math.min(length, 100), 3, false, into(made));
    made.clear();
    shredder.shred(batch, 0, length, tick, last, into(made));

    ShredFilter filter = new ShredFilter(65_535, 990, 500);
    MerkleHasher hasher = new MerkleHasher();
    byte[] root = new byte[32];
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (int i = 0; i < made.size(); i++) {
      byte[] shred = made.get(i);
      assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
      assertEquals(ShredRefusal.NONE, filter.check(view));
      assertEquals(998, view.isData() ? view.parentSlot() : 998);
      assertEquals(32 + i / 64 * 32, view.fecSetIndex());
      boolean lastSet = i / 64 == made.size() / 64 - 1;
      assertEquals(last && lastSet, view.isResigned());
      hasher.root(view, root, 0);
      if (view.isData()) {
        boolean ends = lastSet && i % 64 == 31;
        assertEquals(ends, view.isDataComplete());
        assertEquals(ends && last, view.isLastInSlot());
        assertEquals(Math.min(tick, 63), view.referenceTick());
        payload.write(shred, ShredLayout.DATA_HEADER_BYTES, view.payloadBytes());
      }
    }
    assertArrayEquals(batch, payload.toByteArray());
    assertArrayEquals(root, shredder.lastRoot());
    assertEquals(32 + made.size() / 2, shredder.nextIndex());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 28_768, 28_769, 30_816, 30_817, 59_584, 59_585})
  void takesNoMoreSetsThanNeeded(int length) {
    List<byte[]> made = new ArrayList<>();
    Shredder shredder = new Shredder(UNSIGNED, 1);
    shredder.startSlot(1, 0, new byte[32]);
    shredder.shred(new byte[length], 0, length, 0, true, into(made));
    int plainSets = Math.ceilDiv(Math.max(0, length - 28_768), 30_816);
    assertEquals((plainSets + 1) * 64, made.size());
  }

  @Test
  void chainsEachSetToTheOneBefore() {
    List<byte[]> made = new ArrayList<>();
    Shredder shredder = new Shredder(UNSIGNED, 1);
    byte[] parentRoot = new byte[32];
    parentRoot[7] = 7;
    shredder.startSlot(5, 4, parentRoot);
    byte[] expected = parentRoot;
    for (int set = 0; set < 3; set++) {
      made.clear();
      shredder.shred(new byte[] {1, 2, 3}, 0, 3, set, set == 2, into(made));
      view.parse(made.getFirst(), 0, made.getFirst().length);
      assertEquals(Hash.of(expected), Hash.of(made.getFirst(), view.bodyEnd()));
      expected = shredder.lastRoot();
    }
  }

  @Test
  void refusesWhatNoSlotCanBe() {
    Shredder shredder = new Shredder(UNSIGNED, 1);
    byte[] root = new byte[32];
    byte[] batch = new byte[10];
    List<byte[]> made = new ArrayList<>();
    assertThrows(
        IllegalStateException.class, () -> shredder.shred(batch, 0, 10, 0, false, into(made)));
    assertThrows(IllegalArgumentException.class, () -> shredder.startSlot(5, 5, root));
    assertThrows(IllegalArgumentException.class, () -> shredder.startSlot(5, 6, root));
    assertThrows(IllegalArgumentException.class, () -> shredder.startSlot(65_537, 1, root));
    assertThrows(IllegalArgumentException.class, () -> new Shredder(UNSIGNED, 65_536));
    shredder.startSlot(5, 4, root);
    shredder.shred(batch, 0, 10, 0, true, into(made));
    assertThrows(
        IllegalStateException.class, () -> shredder.shred(batch, 0, 10, 0, true, into(made)));
    assertFalse(made.isEmpty());
  }

  /// Starts from shreds of our own, which get a chosen byte overwritten: deeper than noise gets.
  @FuzzTest(maxDuration = "30s")
  void damagedShredsOfOursNeverThrow(byte[] edits) {
    if (edits == null) {
      return;
    }
    List<byte[]> made = new ArrayList<>();
    Shredder shredder = new Shredder(UNSIGNED, 1);
    shredder.startSlot(1, 0, new byte[32]);
    shredder.shred(new byte[100], 0, 100, 0, true, into(made));
    MerkleHasher hasher = new MerkleHasher();
    byte[] root = new byte[32];
    for (byte[] shred : List.of(made.get(0), made.get(63))) {
      for (int i = 0; i + 1 < edits.length; i += 2) {
        shred[ShredLayout.VARIANT_OFFSET + (edits[i] & 0x1f)] = edits[i + 1];
      }
      if (view.parse(shred, 0, shred.length) == ShredRefusal.NONE && !view.isLegacy()) {
        hasher.root(view, root, 0);
      }
    }
  }
}
