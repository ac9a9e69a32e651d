package org.vexor.tpu.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.HistoryListener.Step;
import org.vexor.tpu.send.Ending;
import org.vexor.tpu.send.LossReason;
import org.vexor.tpu.send.TpuTarget;

final class TransactionHistoryTest {
  private static final long MS = 1_000_000;
  private static final TpuTarget FIRST = target(1);
  private static final TpuTarget SECOND = target(2);

  private final List<Step> steps = new ArrayList<>();
  private long nowNs;
  private long slot = 100;
  private final TransactionHistory history =
      new TransactionHistory(
          64,
          () -> nowNs,
          () -> slot,
          of -> Optional.of((of / 4 % 2 == 1 ? FIRST : SECOND).identity()),
          (signature, step, detail) -> steps.add(step));

  private static TpuTarget target(int number) {
    byte[] key = new byte[Pubkey.LENGTH];
    key[0] = (byte) number;
    return new TpuTarget(
        Pubkey.of(key), new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
  }

  /// All on one shelf, as shelves go by the low bits of the first byte.
  private static Signature signature(int number) {
    byte[] bytes = new byte[Signature.LENGTH];
    bytes[1] = (byte) number;
    return Signature.of(bytes);
  }

  private TransactionStory story(int number) {
    return history.find(signature(number)).orElseThrow();
  }

  private static Sighting in(long slot, long atNs) {
    return new Sighting(slot, Sighting.Via.TURBINE, atNs, Optional.empty());
  }

  @Test
  void tellsTheWholeWayOfATransaction() {
    Signature signature = signature(1);
    assertTrue(history.accepted(signature));
    history.queued(signature, FIRST);
    nowNs = 2 * MS;
    history.sent(signature, FIRST, 2 * MS);
    nowNs = 5 * MS;
    history.acknowledged(signature, FIRST, 3 * MS);
    assertTrue(history.seen(signature, in(101, 400 * MS)));
    history.ended(signature, Ending.LANDED);
    assertEquals(
        List.of(Step.ACCEPTED, Step.QUEUED, Step.SENT, Step.ACKNOWLEDGED, Step.SEEN), steps);
    TransactionStory story = story(1);
    assertEquals(Stage.SEEN, story.stage());
    assertEquals(101, story.seen().orElseThrow().slot());
    Attempt attempt = story.attempts().getFirst();
    assertEquals(100, attempt.slot());
    assertEquals(2 * MS, attempt.sentNs().orElseThrow());
    assertEquals(5 * MS, attempt.acknowledgedNs().orElseThrow());
    LeaderStatistics leader = history.leaders().getFirst();
    assertEquals(1, leader.sent());
    assertEquals(1, leader.acknowledged());
    assertEquals(1, leader.landed());
    assertEquals(1.0, leader.landingRate());
    assertEquals(5, leader.acknowledgeP50Ns() / MS);
    assertEquals(400.0, leader.landP99Ns() / (double) MS, 4);
  }

  @Test
  void aLeaderIsCreditedForItsOwnBlocksOnly() {
    Signature signature = signature(1);
    history.accepted(signature);
    history.queued(signature, FIRST);
    history.sent(signature, FIRST, 0);
    history.seen(signature, in(104, MS));
    assertEquals(0, history.leaders().getFirst().landed());
    assertEquals(Stage.SEEN, story(1).stage());
  }

  @Test
  void namesWhyItEnded() {
    assertTrue(history.refused(signature(1), "signature of account 0 is wrong"));
    history.accepted(signature(2));
    history.queued(signature(2), FIRST);
    history.lost(signature(2), FIRST, LossReason.CONNECTION_LOST, "close code 2");
    history.queued(signature(2), SECOND);
    history.ended(signature(2), Ending.EXPIRED);
    history.accepted(signature(3));
    history.rejected(signature(3), "FULL");
    assertEquals(Stage.REFUSED, story(1).stage());
    assertEquals("signature of account 0 is wrong", story(1).reason());
    assertEquals(Stage.EXPIRED, story(2).stage());
    assertEquals("CONNECTION_LOST: close code 2", story(2).attempts().getFirst().lost().orElse(""));
    assertEquals(Optional.empty(), story(2).attempts().getLast().lost());
    assertEquals(Stage.REFUSED, story(3).stage());
  }

  @Test
  void whatIsSeenAfterItExpiredWasSeen() {
    history.accepted(signature(1));
    history.ended(signature(1), Ending.EXPIRED);
    assertTrue(history.seen(signature(1), in(150, MS)));
    assertEquals(Stage.SEEN, story(1).stage());
    assertFalse(history.seen(signature(1), in(151, MS)), "twice is once");
    assertEquals(150, story(1).seen().orElseThrow().slot());
  }

  @Test
  void aWaitingSecondAttemptDoesNotUndoTheFirst() {
    history.accepted(signature(1));
    history.queued(signature(1), FIRST);
    history.sent(signature(1), FIRST, 0);
    history.queued(signature(1), SECOND);
    assertEquals(Stage.SENT, story(1).stage());
  }

  @Test
  void strangersAreNoStory() {
    assertFalse(history.seen(signature(9), in(1, 1)));
    assertEquals(Optional.empty(), history.find(signature(9)));
    assertEquals(List.of(), steps);
  }

  @Test
  void keepsToItsBoundAndCountsWhatItForgets() {
    for (int i = 0; i < 10; i++) {
      history.accepted(signature(i));
    }
    history.ended(signature(8), Ending.EXPIRED);
    history.accepted(signature(10));
    HistoryCounts counts = history.counts();
    assertEquals(4, counts.kept());
    assertEquals(7, counts.forgotten());
    assertEquals(7, counts.forgottenOpen());
    assertEquals(11L, counts.of(Step.ACCEPTED));
    long ended = counts.of(Step.EXPIRED);
    assertEquals(11L, ended + counts.open() + counts.forgottenOpen());
  }
}
