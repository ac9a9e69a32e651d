package org.vexor.bench.gossip;

import java.util.List;
import java.util.concurrent.TimeUnit;
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
import org.vexor.gossip.signature.GossipVerifier;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Route;

/// What it takes to know a node. Figures are per contact info.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class ValueBenchmark {
  private static final int NODES = 4000;

  private final MadeContacts made = new MadeContacts(NODES);
  private final List<byte[]> datagrams = made.datagrams();
  private final GossipVerifier known = GossipVerifier.ed25519();
  private GossipVerifier fresh = GossipVerifier.ed25519();
  private CrdsTable table = MadeContacts.emptyTable(NODES);

  /// An empty table, and a verifier that has seen none of the keys.
  @Setup(Level.Invocation)
  public void forget() {
    fresh = GossipVerifier.ed25519();
    table = MadeContacts.emptyTable(NODES);
  }

  /// Datagram, decoded, signature checked with a key that was never seen, stored: all of it.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeVerifyStore() {
    var reader = new MessageReader();
    for (byte[] datagram : datagrams) {
      for (CrdsValue value : read(reader, datagram)) {
        require(value.isSigned(fresh), "not signed");
        table.insert(value, Route.PUSH, MadeContacts.NOW_MS);
      }
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  /// The same of nodes that were heard of before, as all are that say every 7.5 s that they are
  /// there.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeVerifyStoreKnown() {
    var reader = new MessageReader();
    for (byte[] datagram : datagrams) {
      for (CrdsValue value : read(reader, datagram)) {
        require(value.isSigned(known), "not signed");
        table.insert(value, Route.PUSH, MadeContacts.NOW_MS);
      }
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  /// The same without signatures.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void decodeStore() {
    var reader = new MessageReader();
    for (byte[] datagram : datagrams) {
      for (CrdsValue value : read(reader, datagram)) {
        table.insert(value, Route.PUSH, MadeContacts.NOW_MS);
      }
    }
    require(table.contactCount() == NODES, "not all were stored");
  }

  /// Signatures alone, with keys that were never seen.
  @Benchmark
  @OperationsPerInvocation(NODES)
  public void verify() {
    int good = 0;
    for (CrdsValue value : made.values()) {
      good += value.isSigned(fresh) ? 1 : 0;
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

  private static List<CrdsValue> read(MessageReader reader, byte[] datagram) {
    if (reader.read(datagram, 0, datagram.length) instanceof MessageReader.Reading.Read read
        && read.message() instanceof GossipMessage.Push push) {
      return push.values();
    }
    throw new IllegalStateException("a datagram that was made here cannot be read");
  }

  private static void require(boolean so, String otherwise) {
    if (!so) {
      throw new IllegalStateException(otherwise);
    }
  }
}
