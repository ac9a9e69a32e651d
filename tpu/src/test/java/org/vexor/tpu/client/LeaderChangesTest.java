package org.vexor.tpu.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.TpuLab;
import org.vexor.tpu.history.Attempt;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.Stage;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.leader.FanOut;
import org.vexor.tpu.leader.LeaderContact;
import org.vexor.tpu.leader.LeaderTracker;
import org.vexor.tpu.leader.ScheduleBook;
import org.vexor.tpu.leader.SlotClock;
import org.vexor.tpu.leader.SlotSource;
import org.vexor.tpu.send.LeaderPaths;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;

/// A client whose leaders go away, move or change with the epoch while transactions are under way.
/// Slots pass by the test's hand; connections are real.
final class LeaderChangesTest {
  private static final long SLOT_NS = 400_000_000L;
  private static final Epochs EPOCHS = new Epochs(64, false);

  /// Only who leads now, so that what arrives elsewhere came there because something changed.
  private static final FanOut ONE = new FanOut(1, 0, 0);

  private final TpuLab lab = new TpuLab();
  private final Keypair first = Keypair.generate();
  private final Keypair second = Keypair.generate();
  private final Map<Pubkey, TpuLab.Received> received = new ConcurrentHashMap<>();
  private final Map<Pubkey, LeaderContact> contacts = new ConcurrentHashMap<>();
  private final AtomicLong nowNs = new AtomicLong();
  private final SlotClock clock = new SlotClock(SLOT_NS);
  private final ScheduleBook book = new ScheduleBook(EPOCHS);
  private final LeaderTracker tracker =
      new LeaderTracker(clock, book, key -> Optional.ofNullable(contacts.get(key)), ONE);
  private final TransactionHistory history =
      new TransactionHistory(
          64,
          nowNs::get,
          () -> clock.estimate(nowNs.get()).orElseThrow().slot(),
          book::leader,
          HistoryListener.NONE);
  private final LeaderPaths paths =
      LeaderPaths.direct(lab.loops(), TpuLab.anyPort(), 1, lab.clientKey);
  private final QuicSender sender =
      QuicSender.start(
          paths,
          SenderOptions.DEFAULT.withResendEvery(Duration.ofMillis(200)),
          TpuClient.leaders(tracker, nowNs::get),
          history,
          paths.timer(),
          new SplittableRandom(1),
          CacheObserver.NONE);
  private final TpuClient client = new TpuClient(sender, tracker, history, nowNs::get);

  @AfterEach
  void closeAll() {
    sender.close();
    paths.close();
    lab.close();
  }

  private TpuServer serve(Keypair leader) {
    TpuServer server =
        TpuServer.start(
            lab.loops(),
            TpuLab.anyPort(),
            1,
            leader,
            ServerLimits.DEFAULT,
            Stakes.NONE,
            received.computeIfAbsent(leader.publicKey(), _ -> new TpuLab.Received()));
    contacts.put(
        leader.publicKey(),
        new LeaderContact(
            leader.publicKey(),
            Optional.of(server.localAddress()),
            Optional.empty(),
            Optional.empty()));
    return server;
  }

  /// The two leaders take turns, window by window.
  private void schedule(long epoch, Keypair one, Keypair other) {
    List<Pubkey> leaders = new ArrayList<>();
    for (int slot = 0; slot < 64; slot++) {
      boolean isOnes = slot / Epochs.LEADER_WINDOW_SLOTS % 2 == 0;
      leaders.add((isOnes ? one : other).publicKey());
    }
    book.add(LeaderSchedule.of(EPOCHS.firstSlot(epoch), leaders));
  }

  private void slot(long slot) {
    nowNs.set(slot * SLOT_NS);
    boolean _ = clock.observe(SlotSource.SHREDS, slot, nowNs.get());
  }

  private Signature submit() {
    SendRequest request = lab.transfer();
    assertEquals(
        Submission.ACCEPTED,
        client.submit(request.signature(), request.transaction(), SendRequest.NO_LIMIT));
    return request.signature();
  }

  private void arrives(Signature signature, Keypair at) {
    TpuLab.await(
        "arrival",
        () ->
            received.containsKey(at.publicKey())
                && received.get(at.publicKey()).transactions.containsKey(signature));
  }

  private void lands(Signature signature, long slot) {
    assertTrue(
        client.seen(
            signature, new Sighting(slot, Sighting.Via.TURBINE, nowNs.get(), Optional.empty())));
  }

  @Test
  void whatALeaderTookWithItMidWindowGoesToTheNext() {
    TpuServer dying = serve(first);
    TpuServer next = serve(second);
    schedule(0, first, second);
    slot(8);
    arrives(submit(), first);
    dying.close();
    Signature lost = submit();
    slot(9);
    assertEquals(0, next.connections(), "the first one still leads");
    slot(12);
    arrives(lost, second);
    lands(lost, 12);
    List<Attempt> attempts = history.find(lost).orElseThrow().attempts();
    assertEquals(first.publicKey(), attempts.getFirst().target().identity());
    assertEquals(Stage.SEEN, history.find(lost).orElseThrow().stage());
  }

  @Test
  void whatIsUnderWayFollowsALeaderToItsNewAddress() {
    TpuServer before = serve(first);
    serve(second);
    schedule(0, first, second);
    slot(8);
    arrives(submit(), first);
    before.close();
    Signature lost = submit();
    TpuServer after = serve(first);
    arrives(lost, first);
    assertEquals(1, after.connections());
    lands(lost, 9);
    assertEquals(
        after.localAddress(),
        history.find(lost).orElseThrow().attempts().getLast().target().address());
  }

  @Test
  void theNextEpochsLeaderGetsWhatIsSentInIt() {
    serve(first);
    TpuServer next = serve(second);
    schedule(0, first, first);
    slot(62);
    arrives(submit(), first);
    assertEquals(0, next.connections());
    schedule(1, second, second);
    slot(64);
    arrives(submit(), second);
  }

  @Test
  void aSlotThirtyOffIsCorrectedAndTheRightLeaderServed() {
    serve(first);
    serve(second);
    schedule(0, first, second);
    slot(44); // second leads 44 to 47
    Signature early = submit();
    arrives(early, second);
    // The truth is slot 10, as three slots in a row will say; the first leads 8 to 11.
    for (long slot = 8; slot <= 10; slot++) {
      nowNs.addAndGet(SLOT_NS);
      boolean _ = clock.observe(SlotSource.SHREDS, slot, nowNs.get());
    }
    assertEquals(10, clock.estimate(nowNs.get()).orElseThrow().slot());
    arrives(early, first);
    lands(early, 10);
  }
}
