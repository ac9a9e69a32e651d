package org.vexor.localnet;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.localnet.chain.ChainView;
import org.vexor.localnet.chain.RecentBlocks;
import org.vexor.localnet.chain.SeenBlock;
import org.vexor.packet.Endpoint;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.transaction.Transaction;
import org.vexor.tpu.client.TpuClient;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.leader.FanOut;
import org.vexor.tpu.leader.LeaderContact;
import org.vexor.tpu.leader.LeaderTracker;
import org.vexor.tpu.leader.ScheduleBook;
import org.vexor.tpu.leader.SlotClock;
import org.vexor.tpu.leader.SlotSource;
import org.vexor.tpu.send.LeaderPaths;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;

/// The first node as a client: sends transfers at a steady rate, and what others give it, by QUIC
/// to the leaders that its gossip knows. One thread; [#submit] is for any.
final class ClientAgent implements Agent {
  private static final long TEND_NS = 100_000_000;

  /// Made in one go: more would come as a burst after a pause.
  private static final int MOST_AT_ONCE = 64;

  private final ChainView view;
  private final LongSupplier clockNs;
  private final BooleanSupplier isLast;
  private final Transfers transfers;
  private final double perNs;
  private final SlotClock clock;
  private final TransactionHistory history;
  private final LeaderPaths paths;
  private final QuicSender sender;
  private final TpuClient client;
  private long startNs;
  private long nextTendNs;
  private boolean isStarted;
  private volatile boolean isClosed;

  /// @param isLast whether what is sent now would find no leader any more
  ClientAgent(
      Cluster cluster,
      LocalnetOptions options,
      TpuPorts ports,
      Discovery discovery,
      ChainView view,
      LongSupplier clockNs,
      BooleanSupplier isLast) {
    this.view = view;
    this.clockNs = clockNs;
    this.isLast = isLast;
    transfers = new Transfers(options.seed());
    perNs = options.transactionsPerSecond() / 1e9;
    clock = new SlotClock(options.slotNs());
    ScheduleBook schedule = new ScheduleBook(Epochs.PUBLIC_CLUSTERS);
    schedule.add(cluster.schedule());
    LeaderTracker tracker =
        new LeaderTracker(
            clock,
            schedule,
            identity -> cluster.numberOf(identity).flatMap(to -> contact(to, identity, discovery)),
            FanOut.DEFAULT);
    history =
        new TransactionHistory(
            TransactionHistory.DEFAULT_STORIES,
            clockNs,
            () -> view.blocks().latest().slot(),
            schedule::leader,
            HistoryListener.NONE);
    paths =
        LeaderPaths.direct(
            ports.loops(),
            Endpoint.loopback(0).toSocketAddress(),
            1,
            cluster.members().getFirst().identity());
    sender =
        QuicSender.start(
            paths,
            SenderOptions.DEFAULT,
            TpuClient.leaders(tracker, clockNs),
            history,
            paths.timer(),
            new SplittableRandom(options.seed()),
            CacheObserver.NONE);
    client = new TpuClient(sender, tracker, history, clockNs);
  }

  private static Optional<LeaderContact> contact(int to, Pubkey identity, Discovery discovery) {
    Optional<Endpoint> tpu =
        to == 0
            ? discovery.ownSocket(0, SocketKey.TPU_QUIC)
            : discovery.bookOf(0).socket(to, SocketKey.TPU_QUIC);
    return tpu.map(
        endpoint ->
            new LeaderContact(
                identity,
                Optional.of(endpoint.toSocketAddress()),
                Optional.empty(),
                Optional.empty()));
  }

  /// The first node has a block. Any thread.
  void seen(SeenBlock block) {
    long nowNs = clockNs.getAsLong();
    clock.observe(SlotSource.SHREDS, block.slot() + 1, nowNs);
    for (Signature signature : block.transactions()) {
      client.seen(
          signature, new Sighting(block.slot(), Sighting.Via.TURBINE, nowNs, Optional.empty()));
    }
  }

  /// Sends a transaction. Any thread.
  ///
  /// @return false when it is not taken
  boolean submit(Signature signature, byte[] transaction) {
    if (isClosed) {
      return false;
    }
    long last = view.blocks().latest().slot() + RecentBlocks.BLOCKHASH_LIFE;
    Submission submission = client.submit(signature, transaction, last);
    return submission == Submission.ACCEPTED || submission == Submission.DUPLICATE;
  }

  /// The first slot begins. Any thread, once.
  void start() {
    clock.observe(SlotSource.SHREDS, 1, clockNs.getAsLong());
  }

  @Override
  public int doWork() {
    long nowNs = clockNs.getAsLong();
    if (clock.estimate(nowNs).isEmpty()) {
      return 0;
    }
    if (!isStarted) {
      isStarted = true;
      startNs = nowNs;
      nextTendNs = nowNs;
    }
    int work = 0;
    if (nowNs - nextTendNs >= 0) {
      nextTendNs = nowNs + TEND_NS;
      client.doWork();
      work++;
    }
    return isLast.getAsBoolean() ? work : work + sendDue(nowNs);
  }

  private int sendDue(long nowNs) {
    long due = Math.min(MOST_AT_ONCE, (long) ((nowNs - startNs) * perNs) - transfers.made());
    for (long i = 0; i < due; i++) {
      Transaction transfer = transfers.next(view.blocks().latest().blockhash());
      submit(transfer.signatures().getFirst(), transfer.toByteArray());
    }
    return (int) Math.max(0, due);
  }

  /// What became of the transactions. Any thread.
  TransactionHistory history() {
    return history;
  }

  /// Transactions that are not over. Any thread.
  int pending() {
    return client.pending();
  }

  /// Sums up. Any thread.
  ClientAccount account() {
    return ClientAccount.of(history);
  }

  @Override
  public void onClose() {
    isClosed = true;
    sender.close();
    paths.close();
  }

  @Override
  public String roleName() {
    return "client";
  }
}
