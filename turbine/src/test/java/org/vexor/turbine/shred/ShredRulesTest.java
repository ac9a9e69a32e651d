package org.vexor.turbine.shred;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.testkit.Fixtures;
import org.vexor.turbine.ShredFixtures;

final class ShredRulesTest {
  private static final int DATA = 0x96;
  private static final int CODE = 0x66;
  private final ShredView view = new ShredView();

  private static void little(byte[] shred, int offset, long value, int width) {
    for (int i = 0; i < width; i++) {
      shred[offset + i] = (byte) (value >> (8 * i));
    }
  }

  /// A sound live shred: slot 100, place 37 in the slot, set 32, version 7.
  private static byte[] live(int variant) {
    byte[] shred = new byte[ShredLayout.shredBytes(variant)];
    shred[64] = (byte) variant;
    little(shred, ShredLayout.SLOT_OFFSET, 100, 8);
    little(shred, ShredLayout.INDEX_OFFSET, 37, 4);
    little(shred, ShredLayout.VERSION_OFFSET, 7, 2);
    little(shred, ShredLayout.FEC_SET_INDEX_OFFSET, 32, 4);
    if (ShredLayout.isData(variant)) {
      little(shred, ShredLayout.PARENT_OFFSET_OFFSET, 1, 2);
      little(shred, ShredLayout.SIZE_OFFSET, 88 + 500, 2);
    } else {
      little(shred, ShredLayout.DATA_COUNT_OFFSET, 32, 2);
      little(shred, ShredLayout.CODE_COUNT_OFFSET, 32, 2);
      little(shred, ShredLayout.POSITION_OFFSET, 5, 2);
    }
    return shred;
  }

  private ShredRefusal refusal(int variant, Consumer<byte[]> change) {
    byte[] shred = live(variant);
    change.accept(shred);
    ShredRefusal refusal = view.parse(shred, 0, shred.length);
    return refusal == ShredRefusal.NONE ? filter().check(view) : refusal;
  }

  private static ShredFilter filter() {
    return new ShredFilter(7, 90, 500);
  }

  private void assertRefused(
      ShredRefusal expected, int variant, int offset, long value, int width) {
    assertEquals(expected, refusal(variant, s -> little(s, offset, value, width)));
  }

  @Test
  void keepsLiveShredsOfAllFourVariants() {
    for (int variant : new int[] {DATA, 0xb6, CODE, 0x76}) {
      assertEquals(ShredRefusal.NONE, refusal(variant, s -> {}), "variant " + variant);
    }
  }

  @Test
  void boundariesAreThoseOfTheTable() {
    int[][] table = {
      {DATA, 1203, 88, 1051, 1083, 1203, 64, 987},
      {0xb6, 1203, 88, 987, 1019, 1139, 64, 923},
      {CODE, 1228, 89, 1076, 1108, 1228, 89, 987},
      {0x76, 1228, 89, 1012, 1044, 1164, 89, 923},
    };
    for (int[] row : table) {
      int variant = row[0];
      assertArrayEquals(
          row,
          new int[] {
            variant,
            ShredLayout.shredBytes(variant),
            ShredLayout.headerBytes(variant),
            ShredLayout.bodyEnd(variant),
            ShredLayout.proofOffset(variant),
            ShredLayout.proofEnd(variant),
            ShredLayout.erasureOffset(variant),
            ShredLayout.erasureBytes(variant)
          });
    }
  }

  @Test
  void refusesByStructure() {
    assertRefused(ShredRefusal.UNKNOWN_VARIANT, DATA, 64, 0x16, 1);
    assertRefused(ShredRefusal.TOO_SHORT, DATA, 64, CODE, 1);
    assertRefused(ShredRefusal.SLOT_OUT_OF_RANGE, DATA, ShredLayout.SLOT_OFFSET, -1, 8);
    assertRefused(ShredRefusal.INDEX_OUT_OF_BOUNDS, DATA, ShredLayout.INDEX_OFFSET, -1, 4);
    assertRefused(ShredRefusal.INDEX_BEFORE_SET, DATA, ShredLayout.INDEX_OFFSET, 31, 4);
    assertRefused(ShredRefusal.LEAF_OUT_OF_TREE, DATA, ShredLayout.INDEX_OFFSET, 96, 4);
    assertRefused(ShredRefusal.SIZE_OUT_OF_RANGE, DATA, ShredLayout.SIZE_OFFSET, 87, 2);
    assertRefused(ShredRefusal.SIZE_OUT_OF_RANGE, DATA, ShredLayout.SIZE_OFFSET, 1052, 2);
    assertRefused(ShredRefusal.NONE, DATA, ShredLayout.SIZE_OFFSET, 1051, 2);
    assertRefused(ShredRefusal.SIZE_OUT_OF_RANGE, 0xb6, ShredLayout.SIZE_OFFSET, 988, 2);
    assertRefused(ShredRefusal.PARENT_OFFSET, DATA, ShredLayout.PARENT_OFFSET_OFFSET, 101, 2);
    assertRefused(ShredRefusal.FLAGS, DATA, ShredLayout.FLAGS_OFFSET, 0x80, 1);
    assertRefused(ShredRefusal.GEOMETRY, CODE, ShredLayout.DATA_COUNT_OFFSET, 0, 2);
    assertRefused(ShredRefusal.GEOMETRY, CODE, ShredLayout.CODE_COUNT_OFFSET, 225, 2);
    assertRefused(ShredRefusal.POSITION, CODE, ShredLayout.POSITION_OFFSET, 32, 2);
    assertRefused(ShredRefusal.POSITION, CODE, ShredLayout.INDEX_OFFSET, 4, 4);
  }

  @Test
  void refusesByLiveRules() {
    assertRefused(ShredRefusal.WRONG_VERSION, DATA, ShredLayout.VERSION_OFFSET, 8, 2);
    assertRefused(ShredRefusal.PROOF_LENGTH, DATA, 64, 0x95, 1);
    assertRefused(ShredRefusal.UNCHAINED, DATA, 64, 0x86, 1);
    assertRefused(ShredRefusal.SLOT_TOO_FAR_AHEAD, DATA, ShredLayout.SLOT_OFFSET, 591, 8);
    assertRefused(ShredRefusal.NONE, DATA, ShredLayout.SLOT_OFFSET, 590, 8);
    assertRefused(ShredRefusal.SLOT_TOO_OLD, DATA, ShredLayout.SLOT_OFFSET, 90, 8);
    assertRefused(ShredRefusal.INDEX_OUT_OF_BOUNDS, CODE, ShredLayout.INDEX_OFFSET, 32768, 4);
    assertRefused(ShredRefusal.FEC_SET_INDEX, DATA, ShredLayout.FEC_SET_INDEX_OFFSET, 33, 4);
    assertRefused(ShredRefusal.FEC_SET_INDEX, DATA, ShredLayout.FEC_SET_INDEX_OFFSET, 0, 4);
    assertRefused(ShredRefusal.PARENT_OFFSET, DATA, ShredLayout.PARENT_OFFSET_OFFSET, 0, 2);
    assertRefused(ShredRefusal.PARENT_TOO_OLD, DATA, ShredLayout.PARENT_OFFSET_OFFSET, 11, 2);
    assertRefused(ShredRefusal.DATA_COMPLETE_INSIDE_SET, DATA, ShredLayout.FLAGS_OFFSET, 0x41, 1);
    assertRefused(ShredRefusal.GEOMETRY, CODE, ShredLayout.DATA_COUNT_OFFSET, 31, 2);
    assertRefused(ShredRefusal.POSITION, CODE, ShredLayout.POSITION_OFFSET, 6, 2);
    assertEquals(
        ShredRefusal.NONE,
        refusal(
            DATA,
            s -> {
              little(s, ShredLayout.INDEX_OFFSET, 63, 4);
              little(s, ShredLayout.FLAGS_OFFSET, 0xc0, 1);
            }));
  }

  @Test
  void theWindowMovesWithTheRoot() {
    byte[] shred = live(DATA);
    view.parse(shred, 0, shred.length);
    ShredFilter filter = filter();
    assertEquals(ShredRefusal.NONE, filter.check(view));
    filter.advanceRoot(100);
    assertEquals(ShredRefusal.SLOT_TOO_OLD, filter.check(view));
  }

  @ParameterizedTest
  @CsvSource({
    "sig/slot-410010000-fecset-000000.shreds.bin, 57087, NONE",
    "sig/testnet-417955322.shreds.json.gz, 1516, NONE",
    "validator/agave-4.2.2-slots-45-46.bin, 4704, NONE",
    "validator/agave-4.2.2-slots-47-48-lossy.bin, 4704, NONE",
    "firedancer/demo-shreds.pcap, 6051, NONE",
    "firedancer/demo-shreds.pcap, 6052, WRONG_VERSION",
    "sig/mainnet_recovery_284737905.recovered.bin, 50093, UNCHAINED",
    "sig/merkle_proof_test_shreds_34_data_34_code.bin, 0, PROOF_LENGTH",
    "radiance/mainnet-slot0-d000.bin, 7389, LEGACY",
    "radiance/mainnet-slot0-d001.bin, 7389, LEGACY",
    "radiance/mainnet-slot0-d002.bin, 7389, LEGACY",
  })
  void judgesCapturedShreds(String name, int version, ShredRefusal expected) {
    for (byte[] shred : ShredFixtures.datagrams(name)) {
      assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
      long root = Math.max(0, view.slot() - 10);
      assertEquals(expected, new ShredFilter(version, root, 500).check(view));
    }
  }

  @Test
  void unchainedLocalnetShredsAreRefused() {
    for (byte[] shred : ShredFixtures.datagrams("firedancer/localnet-v14-slot0-shreds.ar")) {
      assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
      assertEquals(ShredRefusal.UNCHAINED, new ShredFilter(view.version(), 0, 500).check(view));
    }
  }

  @Test
  void takesTheCrashersOfOthers() {
    byte[] cut = Fixtures.solanaBytes("vexor/shred_parse-crash-83b.bin");
    assertNotEquals(ShredRefusal.NONE, view.parse(cut, 0, cut.length));
    byte[] zeroProof = Fixtures.solanaBytes("vexor/merkle_data_zero_proof.bin");
    ShredRefusal refusal = view.parse(zeroProof, 0, zeroProof.length);
    if (refusal == ShredRefusal.NONE) {
      refusal = new ShredFilter(view.version(), 0, Long.MAX_VALUE).check(view);
    }
    assertNotEquals(ShredRefusal.NONE, refusal);
  }

  @Test
  void refusesEveryTruncation() {
    for (int variant : new int[] {DATA, 0xb6, CODE, 0x76}) {
      byte[] shred = live(variant);
      for (int length = 0; length < shred.length; length++) {
        assertEquals(ShredRefusal.TOO_SHORT, view.parse(Arrays.copyOf(shred, length), 0, length));
      }
    }
  }

  @Test
  void readsTheSameFromOutsideTheHeapAndCutsWhatFollows() {
    List<byte[]> shreds = ShredFixtures.datagrams("sig/slot-410010000-fecset-000000.shreds.bin");
    ShredView outside = new ShredView();
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment frame = arena.allocate(2048);
      for (byte[] shred : shreds) {
        frame.fill((byte) 0xee);
        MemorySegment.copy(
            shred, 0, frame, java.lang.foreign.ValueLayout.JAVA_BYTE, 42, shred.length);
        assertEquals(ShredRefusal.NONE, outside.parse(frame, 42, shred.length + 21));
        assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
        assertEquals(shred.length, outside.length());
        assertEquals(shred.length + 21, outside.datagramBytes());
        assertArrayEquals(
            shred,
            Arrays.copyOfRange(outside.bytes(), outside.base(), outside.base() + outside.length()));
        assertEquals(view.slot(), outside.slot());
        assertEquals(view.leafIndex(), outside.leafIndex());
      }
    }
  }

  @Property(tries = 200)
  void offsetsOfASoundShredLieInside(@ForAll byte[] noise, @ForAll byte variant) {
    byte[] shred = new byte[1228];
    System.arraycopy(noise, 0, shred, 65, Math.min(noise.length, 1163));
    shred[64] = variant;
    readAll(shred);
  }

  @FuzzTest(maxDuration = "30s")
  void neverThrowsForAnyDatagram(byte[] datagram) {
    if (datagram != null) {
      readAll(datagram);
    }
  }

  private void readAll(byte[] datagram) {
    if (view.parse(datagram, 0, datagram.length) != ShredRefusal.NONE) {
      return;
    }
    assertTrue(view.length() <= datagram.length);
    assertTrue(view.bodyEnd() >= ShredLayout.headerBytes(view.variant()));
    assertTrue(view.bodyEnd() <= view.proofOffset());
    assertTrue(view.proofOffset() <= view.retransmitterSignatureOffset());
    assertTrue(view.erasureOffset() + view.erasureBytes() == view.bodyEnd());
    if (view.isData()) {
      assertTrue(view.isLegacy() || (view.payloadBytes() >= 0 && view.size() <= view.bodyEnd()));
      assertTrue(view.parentSlot() >= 0);
    }
    filter().check(view);
  }
}
