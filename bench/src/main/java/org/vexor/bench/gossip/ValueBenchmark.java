package org.vexor.bench.gossip;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Route;
import org.vexor.gossip.verify.Unverified;
import org.vexor.gossip.verify.Verified;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.solana.crypto.Ed25519;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.solana.crypto.SignedMessage;

/// What it takes to know a node. Figures are per contact info.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ValueBenchmark {
  private static final int NODES = 4000;

  /// As a running node has it.
  private static final int QUEUE = 8192;

  private static final int SETTLE_TURNS = 200;
  private static final long SETTLE_TURN_NS = 100_000_000;

  private final MadeContacts made = new MadeContacts(NODES);
  private final List<byte[]> datagrams = made.datagrams();
  private final List<SignedMessage> signed = made.values().stream().map(CrdsValue::signed).toList();
  private final SignatureVerifier known = new Ed25519Verifier(NODES);
  private SignatureVerifier fresh = new Ed25519Verifier(NODES);
  private CrdsTable table = MadeContacts.emptyTable(NODES);

  /// Lets the verifier find out how it is fastest, with the core to itself.
  @Setup(Level.Trial)
  public void settle() {
    for (int i = 0; i < SETTLE_TURNS && !Ed25519.judgesSeveralAtOnce(); i++) {
      LockSupport.parkNanos(SETTLE_TURN_NS);
    }
  }

  /// An empty table, and a verifier that has seen none of the keys.
  @Setup(Level.Invocation)
  public void forget() {
    fresh = new Ed25519Verifier(NODES);
    table = MadeContacts.emptyTable(NODES);
  }

  /// Datagram, decoded, signature checked with a key that was never seen, stored: all of it.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeVerifyStore() {
    decodeVerifyStore(fresh);
  }

  /// The same of nodes that were heard of before, as all are that say every 7.5 s that they are
  /// there.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeVerifyStoreKnown() {
    decodeVerifyStore(known);
  }

  /// By the queue and the agent of a node, on one thread.
  private void decodeVerifyStore(SignatureVerifier verifier) {
    var reader = new MessageReader();
    var queue = new VerifyQueue(QUEUE);
    var agent = new VerifierAgent(queue, verifier, new VerifiedValues(NODES), () -> {});
    for (byte[] datagram : datagrams) {
      GossipMessage.Push push = read(reader, datagram);
      require(
          queue.offer(new Unverified(push, push.values(), Endpoint.loopback(0)), false), "no room");
    }
    while (agent.doWork() > 0) {
      queue.drain(this::store, QUEUE);
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  private void store(Verified verified) {
    verified.good().forEach(value -> table.insert(value, Route.PUSH, MadeContacts.NOW_MS));
  }

  /// The same without signatures.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeStore() {
    var reader = new MessageReader();
    for (byte[] datagram : datagrams) {
      for (CrdsValue value : read(reader, datagram).values()) {
        table.insert(value, Route.PUSH, MadeContacts.NOW_MS);
      }
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  /// Signatures alone, with keys that were never seen.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void verify() {
    require(fresh.verifyMany(signed).isEmpty(), "not all are signed");
  }

  /// The same one by one, as where several cannot be checked at once.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void verifySingly() {
    int good = 0;
    for (SignedMessage each : signed) {
      good += fresh.verify(each) ? 1 : 0;
    }
    require(good == NODES, "not all are signed");
  }

  /// Into the table alone.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void store() {
    for (CrdsValue value : made.values()) {
      table.insert(value, Route.PUSH, MadeContacts.NOW_MS);
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  private static GossipMessage.Push read(MessageReader reader, byte[] datagram) {
    if (reader.read(datagram, 0, datagram.length) instanceof MessageReader.Reading.Read read
        && read.message() instanceof GossipMessage.Push push) {
      return push;
    }
    throw new IllegalStateException("a datagram that was made here cannot be read");
  }

  private static void require(boolean so, String otherwise) {
    if (!so) {
      throw new IllegalStateException(otherwise);
    }
  }
}
