package org.vexor.localnet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.localnet.chain.SeenBlock;
import org.vexor.localnet.chain.Tower;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.solana.vote.TowerSync;
import org.vexor.solana.vote.VoteInstruction;
import org.vexor.tpu.leader.FanOut;
import org.vexor.tpu.leader.LeaderContact;
import org.vexor.tpu.leader.LeaderTracker;
import org.vexor.tpu.leader.ScheduleBook;
import org.vexor.tpu.leader.SlotClock;
import org.vexor.tpu.leader.SlotSource;
import org.vexor.tpu.vote.VoteGate;
import org.vexor.tpu.vote.VoteGossip;
import org.vexor.tpu.vote.VoteOutcome;
import org.vexor.tpu.vote.VoteSender;
import org.vexor.tpu.vote.VoteWays;

/// Votes for every node: for each block that it has, to the leaders of the next slots, by UDP and
/// by gossip. One thread; [#seen] is for any.
final class VoterAgent implements Agent {
  /// Blocks that wait for a vote, of all nodes: more are not worth voting for any more.
  private static final int MOST_WAITING = 4_096;

  /// The places that an owner's votes have in gossip (agave crds MAX_VOTES).
  private static final int GOSSIP_VOTES = 12;

  private final VotePorts ports;
  private final LongSupplier clockNs;
  private final LongSupplier clockMs;
  private final List<Voter> voters = new ArrayList<>();
  private final ManyToOneConcurrentArrayQueue<Seen> waiting =
      new ManyToOneConcurrentArrayQueue<>(MOST_WAITING);
  private final LongAdder sent = new LongAdder();
  private final LongAdder unsent = new LongAdder();

  private record Seen(int node, SeenBlock block) {}

  private static final class Voter {
    private final Tower tower = new Tower();
    private final SlotClock clock;
    private final VoteSender sender;
    private long highest;

    Voter(SlotClock clock, VoteSender sender) {
      this.clock = clock;
      this.sender = sender;
    }
  }

  VoterAgent(
      Cluster cluster,
      LocalnetOptions options,
      VotePorts ports,
      Discovery discovery,
      LongSupplier clockNs,
      LongSupplier clockMs) {
    this.ports = ports;
    this.clockNs = clockNs;
    this.clockMs = clockMs;
    ScheduleBook schedule = new ScheduleBook(Epochs.PUBLIC_CLUSTERS);
    schedule.add(cluster.schedule());
    for (Cluster.Member member : cluster.members()) {
      voters.add(voter(cluster, member, options, schedule, discovery));
    }
  }

  private Voter voter(
      Cluster cluster,
      Cluster.Member member,
      LocalnetOptions options,
      ScheduleBook schedule,
      Discovery discovery) {
    int node = member.number();
    SlotClock clock = new SlotClock(options.slotNs());
    AddressBook book = discovery.bookOf(node);
    LeaderTracker tracker =
        new LeaderTracker(
            clock,
            schedule,
            identity -> cluster.numberOf(identity).flatMap(to -> contact(to, identity, node, book)),
            FanOut.DEFAULT);
    TransactionSigner identity = TransactionSigner.of(member.identity());
    VoteSender sender =
        new VoteSender(
            new VoteSender.Voter(identity, identity, member.voteAccount()),
            VoteGate.inMemory(),
            tracker::plan,
            VoteWays.udp((vote, to) -> ports.send(node, vote, Endpoint.of(to)))
                .withGossip(gossip(node, member.identity().publicKey(), discovery)));
    return new Voter(clock, sender);
  }

  /// A node does not look itself up in gossip.
  private Optional<LeaderContact> contact(int to, Pubkey identity, int from, AddressBook book) {
    Optional<Endpoint> vote =
        to == from ? Optional.of(ports.address(to)) : book.socket(to, SocketKey.TPU_VOTE);
    return vote.map(
        endpoint ->
            new LeaderContact(
                identity,
                Optional.empty(),
                Optional.of(endpoint.toSocketAddress()),
                Optional.empty()));
  }

  private static VoteGossip gossip(int node, Pubkey identity, Discovery discovery) {
    return (vote, slot) ->
        discovery.publish(
            node,
            wallclockMs ->
                List.of(
                    new CrdsData.Vote(
                        (int) (slot % GOSSIP_VOTES), identity, Octets.of(vote), wallclockMs)));
  }

  /// A node has a block. Any thread.
  void seen(int node, SeenBlock block) {
    if (!waiting.offer(new Seen(node, block))) {
      unsent.increment();
    }
  }

  @Override
  public int doWork() {
    int work = ports.doWork();
    for (Seen next = waiting.poll(); next != null; next = waiting.poll()) {
      vote(voters.get(next.node()), next.block());
      work++;
    }
    return work;
  }

  private void vote(Voter voter, SeenBlock block) {
    long nowNs = clockNs.getAsLong();
    voter.clock.observe(SlotSource.SHREDS, block.slot(), nowNs);
    if (block.slot() <= voter.highest) {
      return; // a block that took longer than the one after it
    }
    voter.highest = block.slot();
    long nowSeconds = TimeUnit.MILLISECONDS.toSeconds(clockMs.getAsLong());
    TowerSync tower =
        voter.tower.vote(block.slot(), block.blockhash(), nowSeconds, block.blockhash());
    try {
      VoteOutcome outcome =
          voter.sender.send(
              new VoteInstruction.Vote(tower, Optional.empty()), block.blockhash(), nowNs);
      (outcome instanceof VoteOutcome.Sent ? sent : unsent).increment();
    } catch (IOException e) {
      throw new UncheckedIOException("a gate in memory cannot fail", e);
    }
  }

  /// Votes that left. Any thread.
  long sent() {
    return sent.sum();
  }

  /// Votes that did not: refused by the gate, or no leader known. Any thread.
  long unsent() {
    return unsent.sum();
  }

  @Override
  public void onClose() {
    ports.close();
  }

  @Override
  public String roleName() {
    return "voter";
  }
}
