package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.ping.PingCache;
import org.vexor.gossip.pull.PullFilters;
import org.vexor.gossip.pull.PullServer;
import org.vexor.gossip.push.ActiveSet;
import org.vexor.gossip.push.ReceivedCache;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Stakes;
import org.vexor.gossip.table.TableOptions;
import org.vexor.gossip.verify.Unverified;
import org.vexor.gossip.verify.Verified;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;

/// A node of gossip: knows who is there, and lets others know of us.
///
/// Owned by the thread that calls [#doWork]. The signatures are checked by a
/// [org.vexor.gossip.verify.VerifierAgent] on the same [VerifyQueue], on another thread or in turn.
/// From other threads: [#publish], [#stakes(Stakes)], [#counters], [#peerCount], [#contacts].
public final class GossipNode implements AutoCloseable {
  private static final int VERIFIED_PER_TURN = 256;
  private static final int MAXIMUM_PUBLISHED = 256;

  private final GossipSigner signer;
  private final GossipOptions options;
  private final VerifyQueue queue;
  private final LongSupplier clockMs;
  private final PacketEngine engine;
  private final PacketPort port;
  private final GossipCounters counters = new GossipCounters();
  private final CrdsTable table;
  private final ReceivedCache received;
  private final Intake intake;
  private final Protocol protocol;
  private final Rounds rounds;
  private final PullBudget pullBudget = new PullBudget();
  private final GossipTimers timers;
  private final ManyToOneConcurrentArrayQueue<LongFunction<List<CrdsData>>> published =
      new ManyToOneConcurrentArrayQueue<>(MAXIMUM_PUBLISHED);
  private final Hearing hearing;
  private CrdsValue self;
  private volatile Stakes newStakes = Stakes.NONE;
  private volatile int peerCount;
  private volatile List<KnownContact> contacts = List.of();

  /// Opens the port. Nothing is sent before the first [#doWork].
  ///
  /// @param engine of the thread that will own the node; the node drives it, its user closes it
  /// @param clockMs unix milliseconds
  /// @param random of this node alone; it makes ping tokens, so it must not be guessed
  public GossipNode(
      PacketEngine engine,
      PortOptions portOptions,
      GossipSigner signer,
      GossipOptions wanted,
      VerifyQueue queue,
      LongSupplier clockMs,
      ChaCha random,
      GossipListener listener) {
    this.signer = signer;
    this.queue = queue;
    this.clockMs = clockMs;
    this.engine = engine;
    Pubkey identity = signer.publicKey();
    this.hearing = new Hearing(listener);
    this.table =
        new CrdsTable(
            TableOptions.of(identity, wanted.shredVersion())
                .withMaximumOwners(wanted.maximumOwners()),
            hearing);
    this.received = new ReceivedCache(identity);
    this.intake = new Intake(identity, table, received, queue, counters, clockMs);
    this.port = engine.open(portOptions, intake);
    this.options = wanted.bound(port.localEndpoint().port());
    var outbox = new Outbox(port, signer, counters);
    var pings = new PingCache(options.pingCapacity(), random);
    var shared =
        new Shared(
            signer,
            options,
            table,
            new Contacts(identity, table, pings, outbox),
            pings,
            new ActiveSet(identity, random),
            received,
            outbox,
            counters);
    this.rounds = new Rounds(shared, new PullFilters(table, random), random);
    this.protocol =
        new Protocol(shared, new PullServer(table, random), pullBudget, hearing::refused);
    long nowMs = clockMs.getAsLong();
    pullBudget.refill(0, nowMs);
    this.timers = new GossipTimers(nowMs, rounds::phase);
    hearing.onTaken(rounds::news, counters);
    this.self = introduce(nowMs);
  }

  /// Moves datagrams, acts on what was verified, and does what is due. Bounded, never blocks.
  ///
  /// @return how much was done; 0 when idle
  public int doWork() {
    int work = engine.doWork();
    long nowMs = clockMs.getAsLong();
    work += queue.drain(this::onVerified, VERIFIED_PER_TURN);
    work += published.drain(this::publishNow);
    work += onTime(nowMs);
    protocol.prune(nowMs);
    port.flush();
    return work;
  }

  private void onVerified(Verified verified) {
    long nowMs = clockMs.getAsLong();
    if (verified.badCount() > 0) {
      intake.chargeBadSignatures(verified.checked().source(), verified.badCount(), nowMs);
    }
    protocol.onVerified(verified, nowMs);
  }

  private int onTime(long nowMs) {
    int due = 0;
    if (timers.isRefreshDue(nowMs)) {
      self = introduce(nowMs);
      rounds.refresh();
      due++;
    }
    if (timers.isPullDue(nowMs)) {
      rounds.pull(self, nowMs);
      peerCount = rounds.peerCount();
      due++;
    }
    if (timers.isPushDue(nowMs)) {
      pullBudget.refill(table.stakes().stakedCount(), nowMs);
      rounds.push(nowMs);
      due++;
    }
    if (timers.isPurgeDue(nowMs)) {
      table.stakes(newStakes);
      table.purge(nowMs);
      contacts = snapshot();
      due++;
    }
    return due;
  }

  /// Signs our contact info anew and puts it among the news.
  private CrdsValue introduce(long nowMs) {
    CrdsValue value =
        CrdsValue.sign(
            ContactInfo.of(
                signer.publicKey(),
                nowMs,
                options.outsetUs(),
                options.shredVersion(),
                options.version(),
                options.sockets()),
            signer);
    table.insertOwn(value, nowMs);
    return value;
  }

  /// Signs and tells values of our own, made with the time that they are to have. Any thread.
  ///
  /// @return false when too many wait
  public boolean publish(LongFunction<List<CrdsData>> values) {
    return published.offer(values);
  }

  /// Tells a proof of two shreds in pieces. Any thread.
  ///
  /// @param firstIndex of the first piece; 3 higher for the next proof
  /// @return false when too many wait
  public boolean publish(DuplicateProof proof, int firstIndex) {
    return publish(nowMs -> proof.pieces(firstIndex, nowMs));
  }

  private void publishNow(LongFunction<List<CrdsData>> values) {
    long nowMs = clockMs.getAsLong();
    for (CrdsData data : values.apply(nowMs)) {
      table.insertOwn(CrdsValue.sign(data, signer), nowMs);
    }
  }

  /// Offers values from elsewhere than the network, as a file, to be checked and taken like pulled
  /// ones: their owners must answer a ping first. The owner's thread.
  public void offer(List<CrdsValue> values) {
    for (CrdsValue value : values) {
      var message = new GossipMessage.PullResponse(Pubkey.ZERO, List.of(value));
      queue.offer(new Unverified(message, List.of(value), Endpoint.loopback(0)), true);
    }
  }

  /// Stakes from now on. Any thread.
  public void stakes(Stakes stakes) {
    newStakes = stakes;
  }

  /// How many nodes can be sent to: verified, with a gossip address. Any thread; as of the last
  /// pull round.
  public int peerCount() {
    return peerCount;
  }

  /// All nodes of the cluster that are known, without us. Any thread; as of the last second.
  public List<KnownContact> contacts() {
    return contacts;
  }

  private List<KnownContact> snapshot() {
    var list = new ArrayList<KnownContact>(table.contactCount());
    table.forEachContact(
        entry -> {
          if (entry.value().data() instanceof ContactInfo info
              && !info.owner().equals(signer.publicKey())) {
            list.add(
                new KnownContact(info, entry.localMs(), table.stakes().lamports(info.owner())));
          }
        });
    return List.copyOf(list);
  }

  /// What to save for the next start: the contact infos but ours and the entrypoints', whose shred
  /// version may be another by then. The owner's thread.
  public List<CrdsValue> toSave() {
    var values = new ArrayList<CrdsValue>();
    table.forEachContact(
        entry -> {
          if (entry.value().data() instanceof ContactInfo info
              && !info.owner().equals(signer.publicKey())
              && info.socket(SocketKey.GOSSIP).filter(options.entrypoints()::contains).isEmpty()) {
            values.add(entry.value());
          }
        });
    return values;
  }

  /// The contact info of a node. The owner's thread.
  public Optional<ContactInfo> contact(Pubkey identity) {
    return table.contact(identity);
  }

  /// Who receives shreds at an address. The owner's thread.
  public Optional<Pubkey> ownerOfTvu(Endpoint tvu) {
    return table.ownerOfTvu(tvu);
  }

  /// What happened so far. Any thread.
  public GossipCounters counters() {
    return counters;
  }

  /// The port.
  public PacketPort port() {
    return port;
  }

  CrdsTable table() {
    return table;
  }

  /// Closes the port.
  @Override
  public void close() {
    port.close();
  }
}
