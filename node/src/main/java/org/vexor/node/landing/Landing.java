package org.vexor.node.landing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.vexor.node.route.LeaderRoutes;
import org.vexor.node.route.WayOut;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.rpc.SignatureStatus;
import org.vexor.solana.rpc.SlotFeed;
import org.vexor.tpu.client.TpuClient;
import org.vexor.tpu.history.HistoryListener;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.leader.FanOut;
import org.vexor.tpu.leader.LeaderContacts;
import org.vexor.tpu.leader.LeaderPlan;
import org.vexor.tpu.leader.LeaderTracker;
import org.vexor.tpu.leader.RpcFollower;
import org.vexor.tpu.leader.ScheduleBook;
import org.vexor.tpu.leader.ScheduleKeeper;
import org.vexor.tpu.leader.ScheduleSource;
import org.vexor.tpu.leader.SlotClock;
import org.vexor.tpu.leader.SlotEstimate;
import org.vexor.tpu.leader.SlotSource;
import org.vexor.tpu.leader.Trouble;
import org.vexor.tpu.leader.TroubleLog;
import org.vexor.tpu.send.QuicSender;
import org.vexor.tpu.send.SenderOptions;
import org.vexor.tpu.send.Submission;

/// A client of a cluster that is known by one node's RPC. A thread of its own follows the cluster
/// and asks what has landed; the methods are for any thread.
public final class Landing implements AutoCloseable {
  private static final long TEND_NS = 100_000_000;
  private static final long ASK_NS = 400_000_000;

  /// Asked, a node tells of a transaction when the block begins to hold it; our own blocks are
  /// whole before they tell. They have the first word for so long.
  private static final long TURBINE_FIRST_NS = 2_000_000_000L;

  private final ClusterRpc rpc;
  private final Optional<ClusterFeed> link;
  private final SlotClock clock = new SlotClock(SlotClock.DEFAULT_SLOT_NS);
  private final RpcFollower follower;
  private final ScheduleBook book;
  private final ScheduleKeeper schedules;
  private final TroubleLog troubles;
  private final PortLoops loops;
  private final LeaderRoutes routes;
  private final QuicSender sender;
  private final TpuClient client;
  private final Thread thread;
  private final OpenSignatures unseen;
  private Optional<SlotFeed> slotFeed = Optional.empty();
  private final Set<Signature> before = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /// A block is whole as the next slot begins: then the node knows what it holds.
  private volatile boolean slotBegan;

  private volatile LeaderPlan plan =
      new LeaderPlan(Optional.empty(), List.of(), List.of(), List.of());

  /// @param link to the cluster's gossip, whose addresses count before the node's own list, and to
  ///   its blocks; started and closed by this
  /// @param way out to the leaders
  /// @param troubleLines take a line when something is not known, and when it is again
  /// @throws IOException when the node does not answer
  public Landing(
      ClusterRpc rpc,
      Optional<? extends ClusterFeed> link,
      InetSocketAddress local,
      WayOut way,
      Keypair identity,
      FanOut fanOut,
      HistoryListener listener,
      Consumer<String> troubleLines)
      throws IOException {
    this.rpc = rpc;
    this.link = link.map(feed -> feed);
    Epochs epochs = rpc.epochs();
    book = new ScheduleBook(epochs);
    follower = new RpcFollower(rpc, clock);
    schedules = new ScheduleKeeper(book, ScheduleSource.rpc(rpc, epochs));
    troubles = new TroubleLog(troubleLines);
    List<LeaderContacts> sources = new ArrayList<>();
    link.ifPresent(joined -> sources.add(joined.contacts()));
    sources.add(follower);
    LeaderTracker tracker = new LeaderTracker(clock, book, LeaderContacts.firstOf(sources), fanOut);
    TransactionHistory history =
        new TransactionHistory(
            TransactionHistory.DEFAULT_STORIES,
            System::nanoTime,
            () -> clock.estimate(System.nanoTime()).map(SlotEstimate::slot).orElse(-1L),
            book::leader,
            listener);
    loops = PortLoops.start("tpu-client", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
    routes = way.leaders(loops, local, 1, identity);
    sender =
        QuicSender.start(
            routes.paths(),
            SenderOptions.DEFAULT,
            TpuClient.leaders(tracker, System::nanoTime),
            history,
            routes.paths().timer(),
            new SplittableRandom(),
            CacheObserver.NONE);
    client = new TpuClient(sender, tracker, history, System::nanoTime);
    unseen =
        new OpenSignatures(
            history, link.filter(ClusterFeed::receivesBlocks).map(joined -> TURBINE_FIRST_NS));
    thread = Thread.ofPlatform().name("landing").daemon().unstarted(this::follow);
  }

  /// Hears of slots by a node's WebSocket too, as they begin there: asking tells of them up to a
  /// slot later. To be called before [#start].
  ///
  /// @param webSocket `ws` or `wss`
  public void hearSlots(URI webSocket) {
    slotFeed = Optional.of(new SlotFeed(webSocket, this::slotHeard));
  }

  private void slotHeard(long slot) {
    boolean _ = clock.observe(SlotSource.RPC, slot, System.nanoTime());
    slotBegan = true;
    LockSupport.unpark(thread);
  }

  /// Slots heard by WebSocket.
  public long slotsHeard() {
    return slotFeed.map(SlotFeed::heard).orElse(0L);
  }

  /// Begins to follow the cluster.
  ///
  /// @throws org.vexor.packet.PortException when a port of the link cannot be bound
  public void start() {
    link.ifPresent(joined -> joined.start(this::leader, this::complete));
    thread.start();
  }

  private boolean leader(long slot, byte[] target) {
    Optional<Pubkey> leader = book.leader(slot);
    leader.ifPresent(key -> key.copyTo(target, 0));
    return leader.isPresent();
  }

  /// A whole block came by turbine.
  private void complete(long slot, List<Signature> signatures) {
    long nowNs = System.nanoTime();
    for (Signature signature : signatures) {
      boolean _ =
          client.seen(signature, new Sighting(slot, Sighting.Via.TURBINE, nowNs, Optional.empty()));
    }
  }

  private void follow() {
    long nextAskNs = System.nanoTime();
    while (!closed) {
      slotFeed.ifPresent(feed -> feed.doWork(System.nanoTime()));
      follower.doWork(System::nanoTime);
      long nowNs = System.nanoTime();
      long newest = link.map(ClusterFeed::newestSlot).orElse(-1L);
      if (newest >= 0) {
        boolean _ = clock.observe(SlotSource.SHREDS, newest, nowNs);
      }
      clock.estimate(nowNs).ifPresent(estimate -> schedules.doWork(estimate.slot(), nowNs));
      plan = client.doWork();
      troubles.update(troubles(plan));
      if (slotBegan || nowNs - nextAskNs >= 0) {
        slotBegan = false; // first: what begins while the node is asked is asked for again
        ask();
        nextAskNs = System.nanoTime() + ASK_NS;
      }
      LockSupport.parkNanos(TEND_NS);
    }
  }

  private List<Trouble> troubles(LeaderPlan now) {
    List<Trouble> all = new ArrayList<>(now.troubles());
    follower.trouble().map(Trouble.NoAnswer::new).ifPresent(all::add);
    slotFeed.flatMap(SlotFeed::trouble).map(Trouble.NoFeed::new).ifPresent(all::add);
    return all;
  }

  /// Asks after what is not seen yet, the oldest first.
  private void ask() {
    try {
      rpc.signatureStatuses(
          unseen.toAsk(System.nanoTime()),
          (signature, status) ->
              status.ifPresent(known -> answered(signature, known, System.nanoTime())));
    } catch (RpcException e) {
      // The follower tells of it; asked again in a while.
    }
  }

  private void answered(Signature signature, SignatureStatus status, long nowNs) {
    if (unseen.isAnsweredBy(signature, nowNs)) {
      boolean _ =
          client.seen(
              signature, new Sighting(status.slot(), Sighting.Via.RPC, nowNs, status.error()));
      unseen.settle(signature);
    }
  }

  /// Sends a transaction until it has landed or its last slot is over.
  public Submission submit(Signature signature, byte[] transaction, long lastValidSlot) {
    Submission submission = client.submit(signature, transaction, lastValidSlot);
    if (submission == Submission.ACCEPTED) {
      unseen.add(signature);
    }
    return submission;
  }

  /// Writes down a transaction that was in a block before anybody submitted it here; it is not
  /// sent.
  public void landedBefore(Signature signature, SignatureStatus status) {
    boolean isNew = client.history().accepted(signature);
    boolean isFirst =
        client
            .history()
            .seen(
                signature,
                new Sighting(status.slot(), Sighting.Via.RPC, System.nanoTime(), status.error()));
    if (isNew && isFirst) {
      before.add(signature);
    }
  }

  /// Whether a transaction was in a block before it was submitted here.
  public boolean wasBefore(Signature signature) {
    return before.contains(signature);
  }

  /// Ends a transaction whose blockhash has become too old.
  ///
  /// @return false when it is over already
  public boolean expire(Signature signature) {
    return client.expire(signature);
  }

  /// Sends votes by QUIC from where transactions go out; to be closed before this.
  ///
  /// @param lines say what QUIC made of each vote
  public VoteQuic votes(Consumer<String> lines) {
    return new VoteQuic(routes.paths(), lines);
  }

  /// Whom it would send to now.
  public LeaderPlan plan() {
    return plan;
  }

  /// Whether all whom it would send to now are connected.
  public boolean isConnected() {
    return client.isConnected();
  }

  /// What became of what was submitted.
  public TransactionHistory history() {
    return client.history();
  }

  /// Transactions of which not all is known yet: neither over nor in a block, or in a block of ours
  /// of which the node has not said yet whether they failed there.
  public int open() {
    return unseen.count(System.nanoTime());
  }

  /// Why the node does not answer.
  public Optional<String> rpcTrouble() {
    return follower.trouble().or(schedules::trouble);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    link.ifPresent(ClusterFeed::close);
    slotFeed.ifPresent(SlotFeed::close);
    sender.close();
    routes.close();
    loops.close();
  }
}
