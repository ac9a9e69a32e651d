package org.vexor.turbine.fec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import org.junit.jupiter.api.Test;
import org.vexor.turbine.NeedsFixtures;
import org.vexor.turbine.fec.FecSet.DiscardReason;
import org.vexor.turbine.fec.FecSet.State;
import org.vexor.turbine.fec.FecSets.CodeRebuild;
import org.vexor.turbine.fec.FecSets.Geometry;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

final class FecSetsTest {
  private final List<byte[]> rebuilt = new ArrayList<>();
  private final ShredView view = new ShredView();
  private FecSets sets = sets(Geometry.LIVE, CodeRebuild.WITH_MISSING_DATA);

  /// 11 shreds of an unchained 7:21 set of mainnet, and the 17 that agave recovered from them.
  @Test
  void recoversAMainnetSetByteForByte() {
    sets = sets(Geometry.ANY, CodeRebuild.WITH_MISSING_DATA);
    List<byte[]> received = Captures.read("sig/mainnet_recovery_284737905.received.bin");
    FecSet set = open(received.getFirst());
    for (byte[] shred : received) {
      assertEquals(ShredFate.KEPT, offer(set, shred));
    }
    assertEquals(State.COMPLETE, set.state());
    assertEquals(7, set.dataCount());
    assertEquals(17, set.recovered());
    // Recovery runs as soon as 7 are here, so it makes the last 4 that were received, too.
    List<byte[]> expected =
        new ArrayList<>(Captures.read("sig/mainnet_recovery_284737905.recovered.bin"));
    assertEquals(17, expected.size());
    expected.addAll(received.subList(7, 11));
    assertEquals(21, rebuilt.size());
    for (byte[] shred : expected) {
      assertTrue(rebuilt.stream().anyMatch(other -> Arrays.equals(shred, other)));
    }
  }

  @AddLifecycleHook(NeedsFixtures.class)
  @Property(tries = 20)
  void recoversSetsOf34And34FromAnyHalf(@ForAll long seed) {
    recoversFromAny(Captures.read("sig/merkle_proof_test_shreds_34_data_34_code.bin"), 34, seed);
  }

  @AddLifecycleHook(NeedsFixtures.class)
  @Property(tries = 20)
  void recoversSetsOfFiredancerFromAnyHalf(
      @ForAll @IntRange(max = 7) int number, @ForAll long seed) {
    List<byte[]> shreds = Captures.read("firedancer/demo-shreds.pcap");
    recoversFromAny(
        shreds.stream().filter(shred -> fecSetIndex(shred) == 32 * number).toList(), 32, seed);
  }

  private void recoversFromAny(List<byte[]> whole, int needed, long seed) {
    sets = sets(Geometry.ANY, CodeRebuild.WITH_MISSING_DATA);
    rebuilt.clear();
    List<byte[]> order = new ArrayList<>(whole);
    Collections.shuffle(order, new Random(seed));
    FecSet set = open(order.getFirst());
    for (byte[] shred : order.subList(0, needed)) {
      assertEquals(ShredFate.KEPT, offer(set, shred));
    }
    assertEquals(State.COMPLETE, set.state());
    assertEquals(whole.size() - needed, rebuilt.size());
    for (byte[] lost : order.subList(needed, order.size())) {
      assertTrue(rebuilt.stream().anyMatch(other -> sameButForRetransmitter(lost, other)));
    }
  }

  /// The sender's own signature is outside what the leader signed; recovery copies another's.
  private static boolean sameButForRetransmitter(byte[] a, byte[] b) {
    if (a.length != b.length) {
      return false;
    }
    ShredView view = new ShredView();
    assertEquals(ShredRefusal.NONE, view.parse(a, 0, a.length));
    int end = view.retransmitterSignatureOffset();
    return Arrays.equals(a, 0, end, b, 0, end);
  }

  @Test
  void rebuildsTheCodeOfASetWhoseDataAllCame() {
    sets = sets(Geometry.LIVE, CodeRebuild.ALWAYS);
    List<byte[]> shreds = Captures.read("sig/slot-410010000-fecset-000000.shreds.bin");
    FecSet set = open(shreds.getFirst());
    List<byte[]> data = shreds.stream().filter(shred -> shred.length == 1203).toList();
    List<byte[]> code = shreds.stream().filter(shred -> shred.length == 1228).toList();
    data.forEach(shred -> assertEquals(ShredFate.KEPT, offer(set, shred)));
    assertEquals(State.COMPLETE, set.state());
    assertEquals(32, rebuilt.size());
    for (byte[] shred : code) {
      assertTrue(rebuilt.stream().anyMatch(other -> Arrays.equals(shred, other)));
      assertEquals(ShredFate.KEPT, offer(set, shred));
    }
    assertEquals(32, set.receivedData());
    assertEquals(27, set.receivedCode());
  }

  @Test
  void countsCopiesWheneverTheyCome() {
    List<byte[]> shreds = new SetMaker(5, 1, 1).set(new byte[100], false, true, false);
    FecSet set = open(shreds.getFirst());
    for (byte[] shred : shreds) {
      assertEquals(ShredFate.KEPT, offer(set, shred));
      assertEquals(ShredFate.DUPLICATE, offer(set, shred));
    }
    shreds.forEach(shred -> assertEquals(ShredFate.DUPLICATE, offer(set, shred)));
    assertEquals(64, set.receivedData() + set.receivedCode());
    assertEquals(0, set.recovered());
  }

  @Test
  void namesEveryConflict() {
    List<byte[]> shreds = new SetMaker(5, 1, 1).set(new byte[100], false, true, false);
    FecSet set = open(shreds.getFirst());
    assertEquals(ShredFate.KEPT, offer(set, shreds.get(0)));
    assertEquals(ShredFate.KEPT, offer(set, shreds.get(32)));
    byte[] root = Roots.of(view);
    assertEquals(ShredFate.ROOT_CONFLICT, offer(set, changed(shreds.get(1), 100, 1), new byte[32]));
    assertEquals(ShredFate.SIGNATURE_CONFLICT, offer(set, changed(shreds.get(1), 3, 1), root));
    assertEquals(ShredFate.VERSION_CONFLICT, offer(set, changed(shreds.get(1), 77, 1), root));
    assertEquals(ShredFate.PARENT_CONFLICT, offer(set, changed(shreds.get(1), 83, 2), root));
    assertEquals(ShredFate.LAYOUT_CONFLICT, offer(set, changed(shreds.get(1), 64, 0x21), root));
    assertEquals(
        ShredFate.CHAINED_ROOT_CONFLICT, offer(set, changed(shreds.get(1), 1051, 1), root));
    assertEquals(ShredFate.OUTSIDE_SET, offer(set, changed(shreds.get(1), 73, 33), root));
    assertEquals(ShredFate.GEOMETRY_CONFLICT, offer(set, changed(shreds.get(40), 83, 1), root));
    assertEquals(ShredFate.GEOMETRY_CONFLICT, offer(set, changed(shreds.get(40), 85, 1), root));
    assertEquals(ShredFate.GEOMETRY_CONFLICT, offer(set, changed(shreds.get(40), 74, 1), root));
    byte[] large = changed(shreds.get(40), 83, 32 ^ 22);
    large[85] = 68;
    assertEquals(ShredFate.SET_TOO_LARGE, offer(set, large, root));
    byte[] legacy = Arrays.copyOf(shreds.get(1), 1228);
    legacy[64] = (byte) 0xa5;
    assertEquals(ShredFate.LEGACY, offer(set, legacy, root));
    assertEquals(1, set.receivedData());
    assertEquals(1, set.receivedCode());
  }

  /// The three coding shreds hold one place twice under different roots.
  @Test
  void findsTheConflictInACapture() {
    sets = sets(Geometry.ANY, CodeRebuild.WITH_MISSING_DATA);
    List<byte[]> shreds = Captures.read("sig/merkle_root_metas_coding_test_shreds_3_1228.bin");
    List<ShredFate> fates = new ArrayList<>();
    FecSet set = open(shreds.getFirst());
    for (byte[] shred : shreds) {
      if (fecSetIndex(shred) == set.fecSetIndex()) {
        fates.add(offer(set, shred));
      }
    }
    assertTrue(fates.contains(ShredFate.ROOT_CONFLICT), fates.toString());
  }

  @Test
  void discardsASetWhoseParityIsOfOtherData() {
    SetMaker maker = new SetMaker(5, 1, 1);
    List<byte[]> shreds = maker.set(new byte[100], false, true, false);
    shreds.get(63)[500] ^= 1; // signed all the same
    maker.sign(shreds);
    FecSet set = open(shreds.getFirst());
    List<byte[]> order = shreds.subList(32, 64);
    order.forEach(shred -> assertEquals(ShredFate.KEPT, offer(set, shred)));
    assertEquals(State.DISCARDED, set.state());
    assertEquals(DiscardReason.RECOVERED_ROOT_DIFFERS, set.discardReason());
    assertEquals(ShredFate.SET_DISCARDED, offer(set, shreds.get(0)));
    assertTrue(rebuilt.isEmpty());
    assertFalse(set.hasData(0));
    assertEquals(0, sets.heldBytes());
  }

  @Test
  void discardsASetThatHoldsAnUnsoundShred() {
    SetMaker maker = new SetMaker(5, 1, 1);
    List<byte[]> shreds = maker.set(new byte[100], false, true, false);
    shreds.get(7)[73] ^= 1; // another's index
    SetMaker.encode(shreds);
    maker.sign(shreds);
    FecSet set = open(shreds.getFirst());
    shreds.subList(32, 64).forEach(shred -> offer(set, shred));
    assertEquals(DiscardReason.RECOVERED_SHRED_UNSOUND, set.discardReason());
  }

  @Test
  void givesMemoryBack() {
    List<byte[]> shreds = new SetMaker(5, 1, 1).set(new byte[100], false, true, false);
    FecSet set = open(shreds.getFirst());
    assertEquals(0, sets.heldBytes());
    offer(set, shreds.get(0));
    offer(set, shreds.get(32));
    assertEquals(2 * SlabPool.SLAB_BYTES, sets.heldBytes());
    shreds.forEach(shred -> offer(set, shred));
    assertEquals(SlabPool.SLAB_BYTES, sets.heldBytes());
    assertArrayEquals(
        shreds.get(9),
        Arrays.copyOfRange(set.dataBytes(), set.dataOffset(9), set.dataOffset(9) + 1203));
    sets.release(set);
    assertEquals(0, sets.heldBytes());
  }

  private FecSets sets(Geometry geometry, CodeRebuild codeRebuild) {
    return new FecSets(
        geometry,
        codeRebuild,
        (bytes, offset, length) -> rebuilt.add(Arrays.copyOfRange(bytes, offset, offset + length)));
  }

  private FecSet open(byte[] shred) {
    return sets.open(
        ByteBuffer.wrap(shred).order(ByteOrder.LITTLE_ENDIAN).getLong(65), fecSetIndex(shred));
  }

  private ShredFate offer(FecSet set, byte[] shred) {
    assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
    return sets.offer(set, view, Roots.of(view), 0);
  }

  private ShredFate offer(FecSet set, byte[] shred, byte[] root) {
    assertEquals(ShredRefusal.NONE, view.parse(shred, 0, shred.length));
    return sets.offer(set, view, root, 0);
  }

  private static byte[] changed(byte[] shred, int offset, int difference) {
    byte[] changed = shred.clone();
    changed[offset] ^= (byte) difference;
    return changed;
  }

  private static int fecSetIndex(byte[] shred) {
    return ByteBuffer.wrap(shred).order(ByteOrder.LITTLE_ENDIAN).getInt(79);
  }
}
