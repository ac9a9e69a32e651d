package org.vexor.tpu.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.vexor.tpu.leader.SlotEstimate.Basis;

/// Time is simulated: slot `s` of the real cluster begins at `s` slot times.
final class SlotClockTest {
  private static final long SLOT_NS = SlotClock.DEFAULT_SLOT_NS;

  private final SlotClock clock = new SlotClock(SLOT_NS);

  private SlotEstimate at(long nowNs) {
    return clock.estimate(nowNs).orElseThrow();
  }

  private void shreds(long first, long last) {
    for (long slot = first; slot <= last; slot++) {
      clock.observe(SlotSource.SHREDS, slot, slot * SLOT_NS);
    }
  }

  private void rpc(long first, long last, long offBy) {
    for (long slot = first; slot <= last; slot++) {
      clock.observe(SlotSource.RPC, slot + offBy, slot * SLOT_NS);
    }
  }

  @Test
  void knowsNothingBeforeTheFirstWord() {
    assertTrue(clock.estimate(0).isEmpty());
  }

  @Test
  void followsShreds() {
    shreds(100, 120);
    SlotEstimate estimate = at(120 * SLOT_NS + SLOT_NS / 2);
    assertEquals(120, estimate.slot());
    assertEquals(Basis.SHREDS, estimate.basis());
    assertEquals(120, estimate.earliest());
    assertEquals(121, estimate.latest());
  }

  @Test
  void goesOnByTimeWhileLeadersSkip() {
    shreds(100, 120);
    SlotEstimate estimate = at(124 * SLOT_NS + 1);
    assertEquals(124, estimate.slot());
    assertEquals(120, estimate.earliest(), "the leader may be merely late");
    assertEquals(Basis.SHREDS, estimate.basis());
  }

  @Test
  void coastsWithGrowingUncertaintyWhenEverySourceIsSilent() {
    shreds(100, 120);
    SlotEstimate soon = at(140 * SLOT_NS);
    SlotEstimate late = at(520 * SLOT_NS);
    assertEquals(Basis.COASTING, soon.basis());
    assertEquals(520, late.slot());
    assertTrue(late.latest() - late.slot() > soon.latest() - soon.slot());
    assertEquals(400 * SLOT_NS, late.ageNs());
  }

  @Test
  void ownShredsCorrectANodeThirtySlotsBehind() {
    rpc(100, 110, -30);
    assertEquals(80, at(110 * SLOT_NS).slot());
    shreds(111, 111);
    SlotEstimate both = at(111 * SLOT_NS);
    assertEquals(111, both.slot());
    assertEquals(Basis.SHREDS, both.basis());
    assertEquals(81, both.earliest(), "as long as the two disagree, the estimate says so");
  }

  @Test
  void aSourceThatGoesOnThirtySlotsAwayIsBelieved() {
    rpc(100, 120, 0);
    assertFalse(clock.observe(SlotSource.RPC, 151, 121 * SLOT_NS));
    assertEquals(121, at(121 * SLOT_NS).slot(), "not at its first word");
    assertFalse(clock.observe(SlotSource.RPC, 152, 122 * SLOT_NS));
    assertTrue(clock.observe(SlotSource.RPC, 153, 123 * SLOT_NS));
    assertEquals(153, at(123 * SLOT_NS).slot());
  }

  @Test
  void aSourceThatWasAheadComesBack() {
    rpc(100, 120, 30);
    rpc(121, 123, 0);
    assertEquals(123, at(123 * SLOT_NS).slot());
  }

  @Test
  void oneShredOfAFarSlotMovesNothing() {
    shreds(100, 120);
    clock.observe(SlotSource.SHREDS, 5_000, 120 * SLOT_NS + 1);
    clock.observe(SlotSource.SHREDS, 5_000, 120 * SLOT_NS + 2);
    clock.observe(SlotSource.SHREDS, 5_001, 120 * SLOT_NS + 3);
    clock.observe(SlotSource.SHREDS, 5_002, 120 * SLOT_NS + 4);
    assertEquals(120, at(120 * SLOT_NS + 5).slot());
  }

  @Test
  void repairedSlotsOfThePastMoveNothing() {
    shreds(1_000, 1_020);
    for (int i = 0; i < 200; i++) {
      clock.observe(SlotSource.SHREDS, 500 + i, 1_020 * SLOT_NS + i * 1_000_000L);
    }
    assertEquals(1_020, at(1_020 * SLOT_NS + 200_000_000L).slot());
  }

  @Test
  void takesOverFromShredsByRpc() {
    shreds(100, 120);
    rpc(115, 140, -1);
    SlotEstimate estimate = at(140 * SLOT_NS);
    assertEquals(Basis.RPC, estimate.basis());
    assertEquals(139, estimate.slot());
    assertTrue(estimate.latest() >= 140);
  }

  @Test
  void measuresTheLengthOfSlots() {
    for (long slot = 0; slot < 100; slot++) {
      clock.observe(SlotSource.SHREDS, slot, slot * 200_000_000L);
    }
    assertEquals(200_000_000L, clock.slotNs(99 * 200_000_000L));
    assertEquals(103, at(103 * 200_000_000L).slot());
  }
}
