package org.vexor.node.landing;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.agrona.concurrent.AgentRunner;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.node.cluster.JoinPlan;
import org.vexor.node.cluster.Membership;
import org.vexor.node.run.IdleMode;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.transaction.Octets;
import org.vexor.tpu.leader.LeaderContacts;
import org.vexor.tpu.leader.PlannedLeader;
import org.vexor.tpu.vote.VoteGossip;
import org.vexor.turbine.block.AssemblerOptions;
import org.vexor.turbine.block.BlockChecks;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.tvu.ThreadingMode;
import org.vexor.turbine.tvu.TvuReceiver;
import org.vexor.turbine.verify.SlotLeaders;

/// A client's own place in the cluster: gossip tells it who listens where, and, where a port for
/// shreds was given, turbine brings it every block. Threads of its own; the methods are for any
/// thread, [#start] and [#close] for one.
public final class ClusterLink implements ClusterFeed {
  /// The places that an owner's votes have in gossip (agave crds MAX_VOTES).
  private static final int GOSSIP_VOTES = 12;

  private final JoinPlan plan;
  private final Optional<Endpoint> tvu;
  private final PrintWriter messages;
  private final GossipContacts contacts;
  private final GossipVoters voters = new GossipVoters();
  private volatile Optional<Membership> membership = Optional.empty();
  private volatile Optional<TvuReceiver> receiver = Optional.empty();
  private Optional<AgentRunner> runner = Optional.empty();

  /// Nothing is opened before [#start].
  ///
  /// @param plan how to join; its identity must not run elsewhere, which would end the older one
  /// @param tvu where shreds are to arrive; empty for a link that only listens to gossip
  /// @param messages take the lines that say what was joined
  public ClusterLink(JoinPlan plan, Optional<Endpoint> tvu, PrintWriter messages) {
    this.plan = plan;
    this.tvu = tvu;
    this.messages = messages;
    contacts =
        new GossipContacts(
            () -> membership.map(joined -> joined.node().contacts()).orElse(List.of()));
  }

  /// Opens the ports and joins.
  @Override
  public void start(SlotLeaders leaders, CompleteBlocks blocks) {
    tvu.ifPresent(bind -> receive(bind, leaders, blocks));
    Map<SocketKey, Endpoint> served =
        receiver.map(open -> Map.of(SocketKey.TVU, open.port().localEndpoint())).orElse(Map.of());
    membership =
        Optional.of(
            Membership.join(
                plan,
                served,
                Map::of,
                messages,
                () -> {},
                voters::heard)); // the line that says so is all that a client can do
  }

  private void receive(Endpoint bind, SlotLeaders leaders, CompleteBlocks blocks) {
    var sightings = new BlockSightings(blocks);
    var engine = PacketEngines.local(TvuReceiver.engineOptions(ThreadingMode.SHARED));
    try {
      TvuReceiver opened =
          new TvuReceiver(
              new TvuReceiver.Wiring(
                  engine,
                  PortOptions.bind(bind),
                  plan.shredVersion(),
                  leaders,
                  new Ed25519Verifier(),
                  AssemblerOptions.live(BlockChecks.NONE.withVisitor(sightings)),
                  System::nanoTime,
                  sightings,
                  ShredSink.NONE));
      receiver = Optional.of(opened);
      AgentRunner running =
          new AgentRunner(
              IdleMode.SLEEP.forEngine(engine),
              failure -> messages.println("turbine: " + failure),
              null,
              opened);
      runner = Optional.of(running);
      AgentRunner.startOnThread(running);
    } catch (RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  @Override
  public LeaderContacts contacts() {
    return contacts;
  }

  @Override
  public boolean receivesBlocks() {
    return tvu.isPresent();
  }

  /// Who votes in this cluster.
  public GossipVoters voters() {
    return voters;
  }

  /// Whether a whole block came, or none is to come.
  public boolean bringsBlocks() {
    return tvu.isEmpty() || receiver.filter(open -> open.finishedBlocks() > 0).isPresent();
  }

  @Override
  public long newestSlot() {
    return receiver.map(TvuReceiver::newestSlot).orElse(-1L);
  }

  /// Whether gossip knows all of these leaders, and there are some.
  public boolean knows(List<PlannedLeader> leaders) {
    return !leaders.isEmpty()
        && leaders.stream()
            .allMatch(leader -> contacts.contact(leader.contact().identity()).isPresent());
  }

  /// Publishes vote transactions under the identity that joined.
  public VoteGossip votes() {
    return (transaction, slot) ->
        membership.isPresent()
            && membership
                .get()
                .node()
                .publish(
                    wallclockMs ->
                        List.of(
                            new CrdsData.Vote(
                                (int) (slot % GOSSIP_VOTES),
                                plan.identity().publicKey(),
                                Octets.of(transaction),
                                wallclockMs)));
  }

  /// Leaves, and closes the ports.
  @Override
  public void close() {
    membership.ifPresent(Membership::close);
    runner.ifPresentOrElse(AgentRunner::close, () -> receiver.ifPresent(TvuReceiver::onClose));
  }
}
