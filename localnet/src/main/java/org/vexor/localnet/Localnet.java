package org.vexor.localnet;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.CompositeAgent;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.localnet.chain.ChainView;
import org.vexor.localnet.chain.Intake;
import org.vexor.localnet.chain.IntakeCount;
import org.vexor.localnet.chain.RecentBlocks;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.TvuReceiver;
import org.vexor.turbine.verify.SlotLeaders;

/// A cluster in one process: nodes find each other by gossip, leaders by schedule send shreds over
/// real ports, every node is a receiver.
///
/// [#run] drives it by a few threads of its own and reports on the caller's; tests drive
/// [#discovery], [#leader], [#receivers], [#voter] and [#ledger] step by step on one.
public final class Localnet {
  /// After the last shred was sent, how long to wait for what is under way.
  private static final long DRAIN_NS = 1_000_000_000L;

  /// A cluster of the most nodes needs a few seconds on a busy machine.
  private static final long DISCOVERY_NS = 60_000_000_000L;

  /// Gossip has nothing that is due in less than 100 ms.
  private static final long GOSSIP_IDLE_NS = 2_000_000;

  /// Between two looks of an idle agent: a slot is long, and two cores are few.
  private static final long IDLE_NS = 200_000;

  /// A vote that is a millisecond late is in the same piece of the next block.
  private static final long VOTER_IDLE_NS = 1_000_000;

  private static final long REPORT_NS = 5_000_000;

  /// A socket holds what it holds in the kernel; frames are only for one round of reception.
  private static final EngineOptions RECEIVER = new EngineOptions(1472, 256, 16);

  private static final EngineOptions SENDER = new EngineOptions(1472, 16, 256);

  /// Enough for an entry of the most work that [LocalnetOptions] allows.
  private static final long MAX_POH_HASHES = 1_000_000;

  private final Cluster cluster;
  private final LongSupplier clockNs;
  private final LocalnetListener listener;
  private final SlotLedger ledger;
  private final Discovery discovery;
  private final LossySender sender;
  private final LeaderAgent leader;
  private final PacketEngine leaderEngine;
  private final List<TvuReceiver> receivers = new ArrayList<>();
  private final BlockFeed feed = new BlockFeed();
  private final RecentBlocks chain;
  private final Intake intake;
  private final ChainView view;
  private final VoterAgent voter;
  private final Optional<TpuPorts> tpuPorts;
  private final Optional<ClientAgent> client;
  private Optional<ClientAccount> sent = Optional.empty();

  /// Opens all ports, on loopback.
  ///
  /// @param clockNs monotonic nanoseconds
  /// @param clockMs unix milliseconds, for gossip
  /// @throws org.vexor.packet.PortException when a port cannot be opened
  public Localnet(
      LocalnetOptions options,
      EngineFactory engines,
      LongSupplier clockNs,
      LongSupplier clockMs,
      LocalnetListener listener) {
    this.clockNs = clockNs;
    this.listener = listener;
    cluster = new Cluster(options.nodes(), options.seed());
    ledger = new SlotLedger(options.nodes(), clockNs, listener);
    warmUp(options);
    chain = new RecentBlocks(cluster.genesis());
    intake = new Intake(options.nodes(), chain);
    view = new ChainView(cluster.genesis(), stakes(cluster));
    feed.add((node, block) -> view(node).ifPresent(chainView -> chainView.seen(block)));
    BlockProducer producer =
        new BlockProducer(
            cluster, options, intake, chain, made -> feed.seen(made.leader(), made.seen()));
    VotePorts votePorts = new VotePorts(options.nodes(), engines, intake);
    tpuPorts =
        options.byQuic() ? Optional.of(new TpuPorts(cluster, engines, intake)) : Optional.empty();
    leaderEngine = engines.open(SENDER);
    List<PacketPort> ports = new ArrayList<>();
    List<Map<SocketKey, Endpoint>> served = new ArrayList<>();
    for (int node = 0; node < options.nodes(); node++) {
      receivers.add(receiver(node, engines));
      Map<SocketKey, Endpoint> sockets = new EnumMap<>(SocketKey.class);
      sockets.put(SocketKey.TVU, receivers.getLast().port().localEndpoint());
      sockets.put(SocketKey.TPU_VOTE, votePorts.address(node));
      if (tpuPorts.isPresent()) {
        sockets.put(SocketKey.TPU_QUIC, tpuPorts.get().address(node));
      }
      served.add(sockets);
      // Nobody answers a shred; what comes here anyway shows in the counters of the port.
      ports.add(leaderEngine.open(PortOptions.bind(Endpoint.loopback(0)), (port, datagram) -> {}));
    }
    discovery = new Discovery(cluster, served, engines, clockMs, options.seed());
    voter = new VoterAgent(cluster, options, votePorts, discovery, clockNs, clockMs);
    feed.add(voter::seen);
    List<AddressBook> books =
        cluster.members().stream().map(member -> discovery.bookOf(member.number())).toList();
    sender = new LossySender(ports, books, options.loss(), options.seed());
    leader =
        new LeaderAgent(leaderEngine, sender, producer, cluster, options, clockNs, ledger::accept);
    client =
        tpuPorts.map(
            doors ->
                new ClientAgent(
                    cluster, options, doors, discovery, view, clockNs, leader::isEnding));
    client.ifPresent(agent -> view.onBlock(agent::seen));
  }

  /// A block of another cluster, made and thrown away, so that the first slot does not wait for the
  /// JVM to load what it needs.
  private void warmUp(LocalnetOptions options) {
    RecentBlocks nowhere = new RecentBlocks(cluster.genesis());
    BlockProducer producer =
        new BlockProducer(cluster, options, new Intake(1, nowhere), nowhere, made -> {});
    producer.begin(1, 0);
    for (int piece = 0; piece < BlockProducer.PIECES; piece++) {
      producer.nextPiece(shred -> {});
    }
  }

  private static Map<Pubkey, Long> stakes(Cluster cluster) {
    Map<Pubkey, Long> stakes = new HashMap<>();
    cluster.members().forEach(member -> stakes.put(member.voteAccount(), member.lamports()));
    return stakes;
  }

  /// One node's eyes are enough for those who ask: the first one's.
  private Optional<ChainView> view(int node) {
    return node == 0 ? Optional.of(view) : Optional.empty();
  }

  private TvuReceiver receiver(int node, EngineFactory engines) {
    BlockTap tap = new BlockTap();
    return new TvuReceiver(
        new TvuReceiver.Wiring(
            engines.open(RECEIVER),
            PortOptions.bind(Endpoint.loopback(0)),
            cluster.shredVersion(),
            SlotLeaders.of(cluster.schedule()),
            new Ed25519Verifier(),
            AssemblerOptions.live(
                new BlockChecks(true, MAX_POH_HASHES, Optional.empty()).withVisitor(tap)),
            clockNs,
            new NodeBlocks(node, clockNs, ledger::accept, tap, block -> feed.seen(node, block)),
            ShredSink.NONE));
  }

  /// Who takes part.
  public Cluster cluster() {
    return cluster;
  }

  /// What carries the shreds, in words for people.
  public String backend() {
    return leaderEngine.report().backend().name();
  }

  /// Where the first node gossips; who asks there gets to know the cluster.
  public Endpoint entrypoint() {
    return discovery.entrypoint();
  }

  /// The chain as the first node sees it.
  public ChainView view() {
    return view;
  }

  /// What became of transactions that reached leaders. Any thread.
  public Map<IntakeCount, Long> intake() {
    return intake.counts();
  }

  /// The history of what the first node sent by QUIC; empty where the options say that it does not.
  /// Any thread.
  public Optional<TransactionHistory> transactions() {
    return client.map(ClientAgent::history);
  }

  /// Sends a transaction to the leaders of the next slots: by QUIC where the options say so, else
  /// without any network.
  ///
  /// @return false when it is not taken: too much is under way, or the run has ended
  public boolean submit(Signature signature, byte[] transaction) {
    if (client.isPresent()) {
      return client.get().submit(signature, transaction);
    }
    long next = chain.latest().slot() + 1;
    boolean isTaken = false;
    for (long slot = next;
        slot <= next + Epochs.LEADER_WINDOW_SLOTS;
        slot += Epochs.LEADER_WINDOW_SLOTS) {
      isTaken |= intake.offer(cluster.leaderOf(slot), transaction.clone());
    }
    return isTaken;
  }

  /// Where a node serves something, as the first node has heard by gossip; of itself it knows.
  public Optional<Endpoint> socket(int node, SocketKey key) {
    return node == 0 ? discovery.ownSocket(0, key) : discovery.bookOf(0).socket(node, key);
  }

  VoterAgent voter() {
    return voter;
  }

  Discovery discovery() {
    return discovery;
  }

  LeaderAgent leader() {
    return leader;
  }

  Agent receivers() {
    return new CompositeAgent(receivers);
  }

  SlotLedger ledger() {
    return ledger;
  }

  /// Ends the run after the slot that is being made. Any thread.
  public void stop() {
    leader.stop();
  }

  /// Runs until all slots are done or [#stop] is called, and closes everything. Once only.
  ///
  /// @throws IllegalStateException when an agent failed, with its failure as the cause
  public LocalnetSummary run() {
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    Optional<AgentRunner> sending = client.map(agent -> runner(agent, VOTER_IDLE_NS, failures));
    try {
      drive(sending, failures);
      sent = client.map(ClientAgent::account);
    } finally {
      sending.ifPresent(AgentRunner::close);
      tpuPorts.ifPresent(TpuPorts::close);
    }
    for (Throwable cause : failures) {
      throw new IllegalStateException("the localnet stopped: " + cause.getMessage(), cause);
    }
    return finish();
  }

  private void drive(Optional<AgentRunner> sending, Queue<Throwable> failures) {
    try (AgentRunner gossiping = runner(discovery, GOSSIP_IDLE_NS, failures);
        AgentRunner voting = runner(voter, VOTER_IDLE_NS, failures);
        AgentRunner receiving = runner(receivers(), IDLE_NS, failures);
        AgentRunner leading = runner(leader, IDLE_NS, failures)) {
      AgentRunner.startOnThread(gossiping);
      AgentRunner.startOnThread(voting);
      AgentRunner.startOnThread(receiving);
      AgentRunner.startOnThread(leading);
      sending.ifPresent(AgentRunner::startOnThread);
      discover(failures);
      while (!leader.isFinished() && failures.isEmpty()) {
        ledger.doWork();
        LockSupport.parkNanos(REPORT_NS);
      }
      long drainedNs = clockNs.getAsLong() + DRAIN_NS;
      while (!isDrained() && clockNs.getAsLong() - drainedNs < 0 && failures.isEmpty()) {
        ledger.doWork();
        LockSupport.parkNanos(REPORT_NS);
      }
    }
  }

  /// Waits until all know all, and lets the first slot begin.
  private void discover(Queue<Throwable> failures) {
    long startNs = clockNs.getAsLong();
    while (!discovery.isComplete() && !leader.isFinished() && failures.isEmpty()) {
      if (clockNs.getAsLong() - startNs > DISCOVERY_NS) {
        failures.add(
            new IllegalStateException(
                "no gossip on loopback in "
                    + TimeUnit.NANOSECONDS.toSeconds(DISCOVERY_NS)
                    + " s: "
                    + discovery.missing()));
        return;
      }
      LockSupport.parkNanos(REPORT_NS);
    }
    if (discovery.isComplete()) {
      listener.discovered(clockNs.getAsLong() - startNs);
      leader.start();
      client.ifPresent(ClientAgent::start);
    }
  }

  private static AgentRunner runner(Agent agent, long idleNs, Queue<Throwable> failures) {
    return new AgentRunner(new SleepingIdleStrategy(idleNs), failures::add, null, agent);
  }

  /// Whether nothing is under way any more.
  boolean isDrained() {
    return leader.isFinished() && account().unexplainedOnTheWay() == 0 && ledger.isSettled();
  }

  /// Sums up, when all agents are closed.
  LocalnetSummary finish() {
    return ledger.finish(account(), sent);
  }

  private ShredAccount account() {
    Map<String, Long> lost = new TreeMap<>();
    leaderEngine.counters().drops().forEach((reason, count) -> put(lost, reason, count));
    if (sender.unknown() > 0) {
      lost.put("address_unknown", sender.unknown());
    }
    Map<String, Long> refused = new TreeMap<>();
    long received = 0;
    long kept = 0;
    long duplicates = 0;
    long surplus = 0;
    for (TvuReceiver node : receivers) {
      IntakeCounters counts = node.counters();
      TrafficCounters counters = node.port().counters();
      counters.drops().forEach((reason, count) -> put(lost, reason, count));
      received += counters.received();
      kept += counts.kept();
      duplicates += counts.duplicates();
      surplus += counts.surplus();
      counts.drops().forEach((reason, count) -> refused.merge(reason, count, Long::sum));
    }
    return new ShredAccount(
        sender.addressed(), sender.injected(), lost, received, kept, duplicates, surplus, refused);
  }

  private static void put(Map<String, Long> lost, DropReason reason, long count) {
    lost.merge(name(reason), count, Long::sum);
  }

  private static String name(DropReason reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }
}
