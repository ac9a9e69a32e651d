package org.vexor.solana;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ValueTypesTest {
  @Test
  void neitherTheSourceNorAHandedOutArrayReachesTheValue() {
    byte[] source = new byte[32];
    Pubkey key = Pubkey.of(source);
    source[0] = 1;
    key.bytes()[0] = 1;
    assertEquals(Pubkey.ZERO, key);
    assertEquals("11111111111111111111111111111111", key.toString());
  }

  @Property(tries = 100)
  void everyWayInAndOutGivesTheSameValue(@ForAll @Size(70) byte[] source) {
    Signature signature = Signature.of(source, 3);
    assertEquals(signature, Signature.of(MemorySegment.ofArray(source), 3));
    assertEquals(signature, Signature.fromBase58(signature.toString()));
    assertEquals(signature.hashCode(), Signature.of(signature.bytes()).hashCode());
    assertTrue(signature.matches(source, 3));
    byte[] target = new byte[70];
    signature.copyTo(target, 6);
    assertTrue(signature.matches(target, 6));
    byte[] other = new byte[66];
    signature.copyTo(MemorySegment.ofArray(other), 2);
    assertArrayEquals(signature.bytes(), Signature.of(other, 2).bytes());
    assertFalse(signature.matches(target, 7));
  }

  @Test
  void ordersByUnsignedBytesAndTellsTypesApart() {
    byte[] high = new byte[32];
    high[0] = (byte) 0x80;
    byte[] low = new byte[32];
    low[0] = 0x7f;
    assertTrue(Pubkey.of(high).compareTo(Pubkey.of(low)) > 0);
    assertNotEquals((Object) Hash.ZERO, Pubkey.ZERO);
  }

  @Test
  void refusesOtherLengths() {
    assertThrows(IllegalArgumentException.class, () -> Hash.of(new byte[31]));
    assertThrows(IndexOutOfBoundsException.class, () -> Hash.of(new byte[32], 1));
    assertThrows(IllegalArgumentException.class, () -> Signature.fromBase58("1".repeat(32)));
  }

  @Test
  void epochsWithoutWarmUpDivide() {
    Epochs epochs = Epochs.PUBLIC_CLUSTERS;
    assertEquals(949, epochs.epoch(410_010_000));
    assertEquals(410_010_000 - 949L * 432_000, epochs.slotIndex(410_010_000));
    assertEquals(8, Epochs.leaderWindowStart(11));
  }

  @Test
  void epochsWithWarmUpDoubleUntilFullAndLeaveNoGap() {
    for (long perEpoch : new long[] {32, 100, 8192, 432_000}) {
      Epochs epochs = new Epochs(perEpoch, true);
      long next = 0;
      for (long epoch = 0; epoch < 20; epoch++) {
        assertEquals(next, epochs.firstSlot(epoch));
        assertEquals(epoch, epochs.epoch(next));
        next += epochs.slots(epoch);
        assertEquals(epoch, epochs.epoch(next - 1));
        assertEquals(epochs.slots(epoch) - 1, epochs.slotIndex(next - 1));
      }
    }
    assertEquals(64, new Epochs(8192, true).slots(1));
  }
}
