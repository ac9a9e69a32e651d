package org.vexor.tpu.leader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderSchedule;

/// Epochs of 64 slots; in each, the leaders 0 to 15 have a window in turn, in odd epochs 15 to 0.
final class LeaderTrackerTest {
  private static final long SLOT_NS = SlotClock.DEFAULT_SLOT_NS;
  private static final Epochs EPOCHS = new Epochs(64, false);
  private static final int LEADERS = 16;

  private final SlotClock clock = new SlotClock(SLOT_NS);
  private final ScheduleBook book = new ScheduleBook(EPOCHS);
  private final Map<Pubkey, LeaderContact> contacts = new HashMap<>();
  private final List<String> said = new ArrayList<>();
  private final TroubleLog log = new TroubleLog(said::add);
  private final LeaderTracker tracker = tracker(FanOut.DEFAULT);

  @BeforeEach
  void everybodyListens() {
    for (int leader = 0; leader < LEADERS; leader++) {
      listens(leader, 8_000 + leader);
    }
  }

  private LeaderTracker tracker(FanOut fanOut) {
    return new LeaderTracker(
        clock, book, identity -> Optional.ofNullable(contacts.get(identity)), fanOut);
  }

  private static Pubkey key(int leader) {
    byte[] bytes = new byte[Pubkey.LENGTH];
    bytes[0] = (byte) (leader + 1);
    return Pubkey.of(bytes);
  }

  private void listens(int leader, int port) {
    var tpu = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    contacts.put(
        key(leader),
        new LeaderContact(key(leader), Optional.of(tpu), Optional.empty(), Optional.empty()));
  }

  private static LeaderSchedule schedule(long epoch) {
    List<Pubkey> leaders = new ArrayList<>();
    for (int slot = 0; slot < 64; slot++) {
      int window = slot / Epochs.LEADER_WINDOW_SLOTS;
      leaders.add(key(epoch % 2 == 0 ? window : LEADERS - 1 - window));
    }
    return LeaderSchedule.of(EPOCHS.firstSlot(epoch), leaders);
  }

  private LeaderPlan plan(long slot) {
    clock.observe(SlotSource.SHREDS, slot, slot * SLOT_NS);
    LeaderPlan plan = tracker.plan(slot * SLOT_NS);
    log.update(plan.troubles());
    return plan;
  }

  private static List<Pubkey> identities(List<PlannedLeader> leaders) {
    return leaders.stream().map(leader -> leader.contact().identity()).toList();
  }

  @Test
  void sendsToTheCurrentAndTheNextLeaderAndWarmsTheOneAfter() {
    book.add(schedule(0));
    LeaderPlan plan = plan(8);
    assertEquals(List.of(key(2), key(3)), identities(plan.targets()));
    assertEquals(List.of(key(4)), identities(plan.warm()));
    assertTrue(plan.troubles().isEmpty());
  }

  @Test
  void atTheEndOfAWindowTheNextLeaderIsCurrentToo() {
    book.add(schedule(0));
    LeaderTracker narrow = tracker(FanOut.DEFAULT.withLeaders(1));
    clock.observe(SlotSource.SHREDS, 9, 9 * SLOT_NS);
    assertEquals(List.of(key(2)), identities(narrow.plan(9 * SLOT_NS).targets()));
    clock.observe(SlotSource.SHREDS, 10, 10 * SLOT_NS);
    assertEquals(List.of(key(2), key(3)), identities(narrow.plan(10 * SLOT_NS).targets()));
  }

  @Test
  void aLeaderWithoutAddressIsNamedAndTheNextTakesItsPlace() {
    book.add(schedule(0));
    contacts.remove(key(3));
    LeaderPlan plan = plan(8);
    assertEquals(List.of(key(2), key(4)), identities(plan.targets()));
    assertEquals(List.of(new Trouble.NoAddress(key(3), 12)), plan.troubles());
    listens(3, 9_000);
    plan(9);
    assertEquals(2, said.size(), said.toString());
    assertTrue(said.getLast().startsWith("over: leader " + key(3)), said.toString());
  }

  @Test
  void aChangedAddressCountsAtOnce() {
    book.add(schedule(0));
    plan(8);
    listens(2, 9_999);
    assertEquals(9_999, plan(9).targets().getFirst().contact().tpu().orElseThrow().getPort());
  }

  @Test
  void rollsIntoTheNextEpoch() {
    ScheduleKeeper keeper = new ScheduleKeeper(book, epoch -> Optional.of(schedule(epoch)));
    assertEquals(1, keeper.doWork(10, 0));
    assertEquals(1, keeper.doWork(40, 0));
    LeaderPlan plan = plan(62);
    assertEquals(List.of(key(15), key(14)), identities(plan.targets()), "15 leads on both sides");
    assertEquals(List.of(), plan.troubles());
  }

  @Test
  void withoutTheNextEpochsScheduleGoesOnToItsEndAndSaysSo() {
    ScheduleKeeper keeper =
        new ScheduleKeeper(book, epoch -> epoch == 0 ? Optional.of(schedule(0)) : Optional.empty());
    keeper.doWork(40, 0);
    assertTrue(keeper.trouble().orElseThrow().contains("epoch 1"));
    LeaderPlan plan = plan(61);
    assertEquals(List.of(key(15)), identities(plan.targets()));
    assertEquals(List.of(new Trouble.NoSchedule(64)), plan.troubles());
  }

  @Test
  void aSourceThatFailsIsAskedAgainAfterAPause() {
    int[] asked = new int[1];
    ScheduleKeeper keeper =
        new ScheduleKeeper(
            book,
            epoch -> {
              if (asked[0]++ == 0) {
                throw new IOException("connection refused");
              }
              return Optional.of(schedule(epoch));
            });
    assertEquals(0, keeper.doWork(10, 0));
    assertTrue(keeper.trouble().orElseThrow().contains("connection refused"));
    assertEquals(0, keeper.doWork(10, 500_000_000L));
    assertEquals(1, keeper.doWork(10, 1_000_000_000L));
    assertTrue(keeper.trouble().isEmpty());
  }

  @Test
  void withRpcAndShredsGoneItGoesOnByTimeAndSaysSo() {
    book.add(schedule(0));
    clock.observe(SlotSource.RPC, 8, 8 * SLOT_NS);
    LeaderPlan later = tracker.plan(28 * SLOT_NS);
    log.update(later.troubles());
    assertEquals(key(7), identities(later.targets()).getFirst());
    assertEquals(1, said.size());
    assertTrue(said.getFirst().contains("counted on by time"), said.toString());
    clock.observe(SlotSource.RPC, 29, 29 * SLOT_NS);
    log.update(tracker.plan(29 * SLOT_NS).troubles());
    assertEquals(2, said.size(), "and says when it is over");
  }

  @Test
  void anUncertainEstimateReachesEveryLeaderItMayBe() {
    book.add(schedule(0));
    for (long slot = 8; slot <= 20; slot++) {
      clock.observe(SlotSource.RPC, slot - 8, slot * SLOT_NS);
    }
    LeaderPlan plan = plan(20);
    assertTrue(
        identities(plan.targets()).containsAll(List.of(key(5), key(4), key(3))),
        plan.targets().toString());
  }

  @Test
  void knowsNothingWithoutASlot() {
    assertEquals(List.of(new Trouble.NoSlot()), tracker.plan(0).troubles());
  }
}
