package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.table.Stakes;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.Impairment;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.solana.random.ChaCha;

/// Many nodes on one thread, on a simulated network and clock. Node 0 is everybody's entrypoint.
/// Signatures are those of [TestIdentities]. Everything follows from the seed.
final class SimulatedCluster implements AutoCloseable {
  static final long STEP_MS = 20;

  private static final EngineOptions ENGINE =
      EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(128, 128);

  private final long seed;
  private final MemoryNetwork network;
  private final VerifiedValues verified = new VerifiedValues(1 << 17);
  private final List<Member> members = new ArrayList<>();
  private long nowMs = TestIdentities.START_MS;

  SimulatedCluster(long seed) {
    this.seed = seed;
    this.network = new MemoryNetwork(seed, () -> nowMs * 1_000_000);
  }

  /// A node and what drives it.
  static final class Member {
    final int number;
    final GossipNode node;
    final List<Object> heard = new ArrayList<>();
    long clockOffsetMs;
    private final VerifierAgent verifier;
    private final PacketEngine engine;
    private boolean isCutOff;

    private Member(
        SimulatedCluster cluster, int number, Endpoint bind, long outsetUs, int version) {
      this.number = number;
      this.engine = cluster.network.engine(ENGINE);
      var queue = new VerifyQueue(1024);
      byte[] seed = new byte[ChaCha.SEED_LENGTH];
      java.nio.ByteBuffer.wrap(seed).putLong(cluster.seed).putInt(number).putLong(outsetUs);
      var options =
          GossipOptions.of(
                  version,
                  Map.of(SocketKey.GOSSIP, bind, SocketKey.TVU, bind.withPort(8002)),
                  outsetUs,
                  number == 0 ? List.of() : List.of(TestIdentities.address(0)))
              .withBounds(4096, 8192, 8192);
      this.node =
          new GossipNode(
              engine,
              PortOptions.bind(bind),
              TestIdentities.signer(number),
              options,
              queue,
              () -> cluster.nowMs + clockOffsetMs,
              ChaCha.chaCha8().seed(seed, 0),
              new Recorder(heard));
      this.verifier =
          new VerifierAgent(queue, TestIdentities.verifier(), cluster.verified, () -> {});
    }

    void cutOff(boolean cut) {
      isCutOff = cut;
    }

    long count(GossipCount count) {
      return node.counters().get(count);
    }

    boolean knows(int other) {
      return node.contact(TestIdentities.key(other)).isPresent();
    }
  }

  void impair(Impairment impairment) {
    network.impair(impairment);
  }

  Member add(int number) {
    return add(number, TestIdentities.address(number), TestIdentities.START_MS * 1000);
  }

  Member add(int number, Endpoint bind, long outsetUs) {
    return add(number, bind, outsetUs, TestIdentities.SHRED_VERSION);
  }

  Member add(int number, Endpoint bind, long outsetUs, int shredVersion) {
    var member = new Member(this, number, bind, outsetUs, shredVersion);
    members.add(member);
    return member;
  }

  void add(int first, int count) {
    for (int i = first; i < first + count; i++) {
      add(i);
    }
  }

  void stakes(Stakes stakes) {
    members.forEach(member -> member.node.stakes(stakes));
  }

  void remove(Member member) {
    member.node.close();
    member.engine.close();
    members.remove(member);
  }

  /// Lets time pass.
  void run(long forMs) {
    for (long end = nowMs + forMs; nowMs < end; nowMs += STEP_MS) {
      for (Member member : members) {
        if (!member.isCutOff) {
          member.node.doWork();
          while (member.verifier.doWork() > 0) {
            member.node.doWork();
          }
        }
      }
    }
  }

  /// Lets time pass until it is so.
  ///
  /// @return how long it took in milliseconds, or -1 when it was not so in time
  long runUntil(java.util.function.BooleanSupplier so, long atMostMs) {
    for (long passed = 0; passed <= atMostMs; passed += STEP_MS) {
      if (so.getAsBoolean()) {
        return passed;
      }
      run(STEP_MS);
    }
    return -1;
  }

  /// How many know everybody.
  long complete() {
    return members.stream()
        .filter(member -> member.node.table().contactCount() == members.size())
        .count();
  }

  long sum(GossipCount count) {
    return members.stream().mapToLong(member -> member.count(count)).sum();
  }

  List<Member> members() {
    return members;
  }

  Member member(int number) {
    return members.stream().filter(member -> member.number == number).findFirst().orElseThrow();
  }

  long nowMs() {
    return nowMs;
  }

  @Override
  public void close() {
    List.copyOf(members).forEach(this::remove);
  }

  private record Recorder(List<Object> heard) implements GossipListener {
    @Override
    public void lowestSlot(CrdsData.LowestSlot slot) {
      heard.add(slot);
    }

    @Override
    public void duplicateShreds(DuplicateProof proof) {
      heard.add(proof);
    }

    @Override
    public void duplicateInstance(org.vexor.gossip.crds.ContactInfo other) {
      heard.add("duplicate " + other.outsetUs());
    }
  }
}
