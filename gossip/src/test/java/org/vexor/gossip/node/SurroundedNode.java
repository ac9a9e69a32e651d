package org.vexor.gossip.node;

import static org.vexor.gossip.TestIdentities.SHRED_VERSION;
import static org.vexor.gossip.TestIdentities.START_MS;
import static org.vexor.gossip.TestIdentities.address;
import static org.vexor.gossip.TestIdentities.signer;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Map;
import java.util.function.BiConsumer;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.message.Datagrams;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.solana.random.ChaCha;

/// One node, number 1, with small bounds, and ports around it from which a test speaks to it. Time
/// stands still but for what the test lets pass.
final class SurroundedNode implements AutoCloseable {
  static final Endpoint ADDRESS = address(1);
  static final int MAXIMUM_OWNERS = 500;
  static final int QUEUE = 256;

  private static final EngineOptions ENGINE =
      EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(4096, 4096);

  long nowMs = START_MS;
  final MemoryNetwork network = new MemoryNetwork(1, () -> nowMs * 1_000_000);
  final PacketEngine around = network.engine(ENGINE);
  final VerifyQueue queue = new VerifyQueue(QUEUE);
  final VerifierAgent verifier =
      new VerifierAgent(queue, TestIdentities.verifier(), new VerifiedValues(1000), () -> {});
  final GossipNode node;
  private final PacketEngine engine = network.engine(ENGINE);
  private long sentBytes;

  SurroundedNode() {
    node =
        new GossipNode(
            engine,
            PortOptions.bind(ADDRESS),
            signer(1),
            GossipOptions.of(
                    SHRED_VERSION,
                    Map.of(SocketKey.GOSSIP, ADDRESS),
                    START_MS * 1000,
                    java.util.List.of())
                .withBounds(MAXIMUM_OWNERS, 1000, 5000),
            queue,
            () -> nowMs,
            ChaCha.chaCha20(),
            GossipListener.NONE);
  }

  /// A port around the node.
  ///
  /// @param receiver hears each message with its port
  PacketPort open(Endpoint endpoint, BiConsumer<PacketPort, byte[]> receiver) {
    return around.open(
        PortOptions.bind(endpoint),
        (in, datagram) ->
            receiver.accept(
                in,
                datagram
                    .segment()
                    .asSlice(datagram.offset(), datagram.length())
                    .toArray(ValueLayout.JAVA_BYTE)));
  }

  void send(PacketPort from, GossipMessage message) {
    sendBytes(from, Datagrams.write(message));
  }

  void sendBytes(PacketPort from, byte[] bytes) {
    sentBytes += bytes.length;
    if (!from.send(MemorySegment.ofArray(bytes), 0, bytes.length, ADDRESS)) {
      throw new AssertionError("no room to send");
    }
  }

  /// Bytes sent to the node so far.
  long sentBytes() {
    return sentBytes;
  }

  long count(GossipCount count) {
    return node.counters().get(count);
  }

  /// Everything that is under way arrives and is acted upon.
  void turn() {
    int work;
    do {
      work = around.doWork() + node.doWork() + verifier.doWork();
    } while (work > 0);
  }

  @Override
  public void close() {
    node.close();
    engine.close();
    around.close();
  }
}
