package org.vexor.node.cluster;

import java.io.PrintWriter;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipCount;
import org.vexor.gossip.node.GossipCounters;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipNode;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.service.GossipService;
import org.vexor.gossip.table.Stakes;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.solana.Pubkey;

/// A node's place in the cluster: others know from it what the node serves, and it knows them.
public final class Membership implements AutoCloseable {
  private final GossipService service;
  private final Supplier<Map<Pubkey, Long>> stakes;
  private final PrintWriter messages;
  private final Instances instances;
  private final Map<SocketKey, Endpoint> sockets;
  private Map<Pubkey, Long> told = Map.of();
  private int printed = -1;

  private Membership(
      GossipService service,
      Supplier<Map<Pubkey, Long>> stakes,
      PrintWriter messages,
      Instances instances,
      Map<SocketKey, Endpoint> sockets) {
    this.sockets = Map.copyOf(sockets);
    this.service = service;
    this.stakes = stakes;
    this.messages = messages;
    this.instances = instances;
  }

  /// Joins.
  ///
  /// @param served where the node is bound for what it serves besides gossip
  /// @param stakes lamports by identity, as known at each moment
  /// @param ousted called when a later process with our identity is seen: this one has to end
  /// @throws org.vexor.packet.PortException when the gossip port cannot be bound
  public static Membership join(
      JoinPlan plan,
      Map<SocketKey, Endpoint> served,
      Supplier<Map<Pubkey, Long>> stakes,
      PrintWriter messages,
      Runnable ousted) {
    return join(plan, served, stakes, messages, ousted, vote -> {});
  }

  /// Joins, and hears of votes.
  ///
  /// @param served where the node is bound for what it serves besides gossip
  /// @param stakes lamports by identity, as known at each moment
  /// @param ousted called when a later process with our identity is seen: this one has to end
  /// @param votes is told each vote that gossip brings, on gossip's thread
  /// @throws org.vexor.packet.PortException when the gossip port cannot be bound
  public static Membership join(
      JoinPlan plan,
      Map<SocketKey, Endpoint> served,
      Supplier<Map<Pubkey, Long>> stakes,
      PrintWriter messages,
      Runnable ousted,
      Consumer<CrdsData.Vote> votes) {
    PacketEngine engine = PacketEngines.local(EngineOptions.DEFAULT);
    return join(plan, engine, served, stakes, messages, new Instances(messages, ousted, votes));
  }

  /// Joins on an engine that is given.
  ///
  /// @param engine closed with this, and when this fails
  /// @param served where the node is bound for what it serves besides gossip
  /// @param stakes lamports by identity, as known at each moment
  /// @param ousted called when a later process with our identity is seen: this one has to end
  /// @throws org.vexor.packet.PortException when the gossip port cannot be bound
  public static Membership join(
      JoinPlan plan,
      PacketEngine engine,
      Map<SocketKey, Endpoint> served,
      Supplier<Map<Pubkey, Long>> stakes,
      PrintWriter messages,
      Runnable ousted) {
    return join(
        plan, engine, served, stakes, messages, new Instances(messages, ousted, vote -> {}));
  }

  private static Membership join(
      JoinPlan plan,
      PacketEngine engine,
      Map<SocketKey, Endpoint> served,
      Supplier<Map<Pubkey, Long>> stakes,
      PrintWriter messages,
      Instances instances) {
    Map<SocketKey, Endpoint> sockets = new EnumMap<>(SocketKey.class);
    served.forEach((key, local) -> sockets.put(key, plan.reached(local)));
    sockets.put(SocketKey.GOSSIP, plan.reached(plan.bind()));
    GossipService service =
        GossipService.start(
            engine,
            PortOptions.bind(plan.bind()),
            plan.identity(),
            GossipOptions.of(
                plan.shredVersion(),
                sockets,
                TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
                plan.entrypoints()),
            instances,
            plan.contacts());
    sockets.put(SocketKey.GOSSIP, plan.reached(service.node().port().localEndpoint()));
    announce(plan, sockets, messages);
    return new Membership(service, stakes, messages, instances, sockets);
  }

  private static void announce(
      JoinPlan plan, Map<SocketKey, Endpoint> sockets, PrintWriter messages) {
    messages.println("gossip joined as " + plan.identity().publicKey());
    messages.println("  shred version " + plan.shredVersion());
    sockets.forEach(
        (key, endpoint) -> messages.println("  %-13s %s".formatted(key.text(), endpoint)));
    messages.flush();
  }

  /// Does what is due; to be called once a second, by one thread.
  public void tick() {
    Map<Pubkey, Long> now = stakes.get();
    if (!now.equals(told)) {
      service.node().stakes(Stakes.of(now));
      told = now;
    }
    int peers = service.node().contacts().size();
    if (peers != printed) {
      messages.println("gossip: " + peers + " peers");
      messages.flush();
      printed = peers;
    }
  }

  /// The node of gossip, for what it offers to other threads.
  public GossipNode node() {
    return service.node();
  }

  /// Where others reach this node, as it told them.
  public Map<SocketKey, Endpoint> sockets() {
    return sockets;
  }

  /// Whether gossip still runs.
  boolean isRunning() {
    return service.isRunning();
  }

  /// Whether a later process with our identity was seen.
  public boolean isOusted() {
    return instances.seen;
  }

  /// Leaves, and says what came of all datagrams.
  @Override
  public void close() {
    service.close();
    GossipCounters counters = service.node().counters();
    messages.println(
        "gossip datagrams %d, unreadable %d, bad signatures %d, values refused %d"
            .formatted(
                counters.get(GossipCount.DATAGRAMS),
                counters.get(GossipCount.UNREADABLE),
                counters.get(GossipCount.BAD_SIGNATURES),
                counters.get(GossipCount.VALUES_REFUSED)));
    messages.flush();
  }

  private static final class Instances implements GossipListener {
    private final PrintWriter messages;
    private final Runnable ousted;
    private final Consumer<CrdsData.Vote> votes;
    private volatile boolean seen;

    private Instances(PrintWriter messages, Runnable ousted, Consumer<CrdsData.Vote> votes) {
      this.messages = messages;
      this.ousted = ousted;
      this.votes = votes;
    }

    @Override
    public void vote(CrdsData.Vote vote) {
      votes.accept(vote);
    }

    @Override
    public void duplicateInstance(ContactInfo other) {
      if (seen) {
        return;
      }
      seen = true;
      messages.println(
          "gossip: another process runs with our identity, since later, at "
              + other.socket(SocketKey.GOSSIP).map(Endpoint::toString).orElse("no address")
              + "; this one ends");
      messages.flush();
      ousted.run();
    }
  }
}
