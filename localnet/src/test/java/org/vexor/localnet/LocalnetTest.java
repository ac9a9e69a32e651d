package org.vexor.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.Agent;
import org.junit.jupiter.api.Test;
import org.vexor.packet.memory.MemoryNetwork;

final class LocalnetTest {
  private static final LocalnetOptions OPTIONS = LocalnetOptions.DEFAULT.withNodes(4).withSlots(6);

  private static final long STEP_NS = 10_000_000;
  private static final long UNIX_MS = 1_700_000_000_000L;
  private static final long DISCOVERY_NS = 60_000_000_000L;

  private record Outcome(LocalnetSummary summary, List<SlotReport> reports, List<Long> skipped) {}

  private static final class Reports implements LocalnetListener {
    private final List<SlotReport> slots = new ArrayList<>();
    private final List<Long> skipped = new ArrayList<>();
    private final List<Long> discoveredNs = new ArrayList<>();

    @Override
    public void discovered(long tookNs) {
      discoveredNs.add(tookNs);
    }

    @Override
    public void slot(SlotReport report) {
      slots.add(report);
    }

    @Override
    public void skipped(long slot, int leader, long lateNs) {
      skipped.add(slot);
    }
  }

  /// All find each other. Then time stands still but for one jump of `stallNs` in slot 2, and a
  /// step for each round of work.
  private static Outcome simulate(LocalnetOptions options, long stallNs) throws Exception {
    AtomicLong clock = new AtomicLong();
    var network = new MemoryNetwork(options.seed(), clock::get);
    var reports = new Reports();
    var localnet =
        new Localnet(
            options, network::engine, clock::get, () -> UNIX_MS + clock.get() / 1_000_000, reports);
    Agent receivers = localnet.receivers();
    while (!localnet.discovery().isComplete()) {
      assertTrue(clock.get() < DISCOVERY_NS, () -> localnet.discovery().missing());
      turn(localnet.ledger(), localnet.discovery());
      clock.addAndGet(STEP_NS);
    }
    localnet.leader().start();
    long startNs = clock.get();
    long endNs = startNs + (options.slots() + 10) * options.slotNs();
    while (!localnet.isDrained() && clock.get() < endNs) {
      turn(localnet.ledger(), localnet.discovery(), localnet.leader(), receivers);
      boolean isStalled = clock.get() - startNs == options.slotNs() + 5 * STEP_NS;
      clock.addAndGet(isStalled ? STEP_NS + stallNs : STEP_NS);
    }
    localnet.discovery().onClose();
    receivers.onClose();
    localnet.leader().onClose();
    return new Outcome(localnet.finish(), reports.slots, reports.skipped);
  }

  /// Everything that is under way arrives and is acted upon.
  private static void turn(SlotLedger ledger, Agent... agents) throws Exception {
    int work;
    do {
      work = ledger.doWork();
      for (Agent agent : agents) {
        work += agent.doWork();
      }
    } while (work > 0);
  }

  @Test
  void everySlotIsCompleteEverywhereDespiteLossAndTheAccountsClose() throws Exception {
    LocalnetSummary summary = simulate(OPTIONS.withLoss(0.2), 0).summary();
    assertTrue(summary.isGood(), summary.toString());
    assertEquals(6, summary.completeSlots());
    assertEquals(480, summary.transactionsSent());
    assertEquals(List.of(480L, 480L, 480L, 480L), summary.transactionsFound());
    assertEquals(6 * 512 * 3, summary.shreds().sent());
    assertEquals(
        summary.shreds().sent(), summary.shreds().received() + summary.shreds().lostByInjection());
    assertTrue(summary.shreds().lostByInjection() > 1_500, summary.toString());
    assertTrue(summary.recovered() > 0, summary.toString());
  }

  @Test
  void theSameSeedGivesTheSameRunAndAnotherSeedAnotherOne() throws Exception {
    Outcome first = simulate(OPTIONS.withLoss(0.1), 0);
    assertEquals(first, simulate(OPTIONS.withLoss(0.1), 0));
    assertNotEquals(first, simulate(OPTIONS.withLoss(0.1).withSeed(2), 0));
  }

  @Test
  void slotsLostBeyondRecoveryAreNamedAndTheAccountsStillClose() throws Exception {
    LocalnetSummary summary = simulate(OPTIONS.withLoss(0.7), 0).summary();
    assertFalse(summary.isGood());
    assertEquals(6, summary.incomplete().size());
    assertFalse(summary.incomplete().getFirst().missingOn().isEmpty());
    assertFalse(summary.hasAllTransactions());
    assertTrue(summary.shreds().closes(), summary.toString());
  }

  @Test
  void aLateLeaderSkipsSlotsAndSaysSo() throws Exception {
    Outcome outcome = simulate(OPTIONS, 3 * OPTIONS.slotNs());
    assertTrue(outcome.summary().isGood(), outcome.toString());
    assertEquals(outcome.skipped().size(), outcome.summary().skipped());
    assertFalse(outcome.skipped().isEmpty());
    assertEquals(6, outcome.summary().slots() + outcome.summary().skipped());
  }

  @Test
  void runsOnUdpOfThisSystem() {
    var reports = new Reports();
    var options = OPTIONS.withSlots(4).withLoss(0.1);
    var localnet =
        new Localnet(
            options, EngineFactory.best(), System::nanoTime, System::currentTimeMillis, reports);
    LocalnetSummary summary = localnet.run();
    assertTrue(summary.isGood(), summary.toString());
    assertEquals(1, reports.discoveredNs.size());
    assertEquals(summary.slots(), reports.slots.size());
  }

  @Test
  void transfersReachTheLeadersByQuicAndEachIsAccountedFor() {
    var localnet =
        new Localnet(
            OPTIONS.withSlots(8).withQuic(),
            EngineFactory.best(),
            System::nanoTime,
            System::currentTimeMillis,
            new Reports());
    LocalnetSummary summary = localnet.run();
    assertTrue(summary.isGood(), summary.toString());
    ClientAccount client = summary.client().orElseThrow();
    assertTrue(client.landed() > 0, summary.toString());
    assertEquals(
        client.sent(), client.landed() + client.expired() + client.ended() + client.open());
    assertTrue(summary.votes() > 0, summary.toString());
    assertEquals(summary.transactionsSent() - summary.votes(), client.landed());
  }

  @Test
  void endsWhenItIsStopped() {
    var reports = new Reports();
    var localnet =
        new Localnet(
            OPTIONS, EngineFactory.best(), System::nanoTime, System::currentTimeMillis, reports);
    localnet.stop();
    assertEquals(0, localnet.run().slots());
    assertEquals(List.of(), reports.discoveredNs);
  }
}
