package org.vexor.node.landing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;

/// Who has the first word: blocks of our own or a node that is asked.
final class OpenSignaturesTest {
  private static final long FIRST_NS = 2_000_000_000L;

  private final Signature signature = Signature.of(new byte[64], 0);
  private final TransactionHistory history =
      new TransactionHistory(16, () -> 0, () -> 0, slot -> Optional.empty(), HistoryListener.NONE);

  private OpenSignatures open(Optional<Long> blocksFirstNs) {
    assertTrue(history.accepted(signature));
    var open = new OpenSignatures(history, blocksFirstNs);
    open.add(signature);
    return open;
  }

  private void seenInABlock(long atNs) {
    assertTrue(
        history.seen(signature, new Sighting(9, Sighting.Via.TURBINE, atNs, Optional.empty())));
  }

  @Test
  void withoutBlocksOfOurOwnTheNodeIsBelievedAtOnce() {
    OpenSignatures open = open(Optional.empty());
    assertEquals(List.of(signature), open.toAsk(0));
    assertTrue(open.isAnsweredBy(signature, 5));
    open.settle(signature);
    assertEquals(0, open.count(5));
  }

  @Test
  void withBlocksOfOurOwnTheNodeCountsWhenTheyDoNotTellInTime() {
    OpenSignatures open = open(Optional.of(FIRST_NS));
    assertFalse(open.isAnsweredBy(signature, 5));
    assertFalse(open.isAnsweredBy(signature, FIRST_NS));
    assertTrue(open.isAnsweredBy(signature, 5 + FIRST_NS));
  }

  @Test
  void whatABlockHoldsStaysOpenUntilTheNodeSaysWhetherItFailedThere() {
    OpenSignatures open = open(Optional.of(FIRST_NS));
    seenInABlock(100);
    assertEquals(List.of(signature), open.toAsk(200));
    assertTrue(open.isAnsweredBy(signature, 200));
    open.settle(signature);
    assertEquals(0, open.count(200));
  }

  @Test
  void aNodeThatNeverSaysKeepsNothingOpen() {
    OpenSignatures open = open(Optional.of(FIRST_NS));
    seenInABlock(100);
    assertEquals(1, open.count(5_000_000_000L));
    assertEquals(0, open.count(5_000_000_101L));
  }
}
