package org.vexor.localnet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.agrona.concurrent.Agent;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipNode;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortOptions;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.solana.random.ChaCha;

/// How the nodes find each other: each has a node of gossip on a port of its own, knows at first
/// none but the first of them, and writes what it hears into its [AddressBook]. One thread drives
/// them all; the books are for any.
final class Discovery implements Agent {
  private static final EngineOptions ENGINE = new EngineOptions(1232, 128, 128);
  private static final int VERIFY_QUEUE = 1024;
  private static final int VERIFIED_VALUES = 4096;

  private final List<Node> nodes = new ArrayList<>();
  private final List<Map<SocketKey, Endpoint>> served;

  private record Node(
      PacketEngine engine, GossipNode gossip, VerifierAgent verifier, AddressBook book) {}

  /// Opens a port for each node, on loopback.
  ///
  /// @param served what each member serves besides gossip, by its number
  /// @param clockMs unix milliseconds
  /// @throws org.vexor.packet.PortException when a port cannot be opened
  Discovery(
      Cluster cluster,
      List<Map<SocketKey, Endpoint>> served,
      EngineFactory engines,
      LongSupplier clockMs,
      long seed) {
    this.served = List.copyOf(served);
    Map<Pubkey, Integer> numbers = new HashMap<>();
    cluster
        .members()
        .forEach(member -> numbers.put(member.identity().publicKey(), member.number()));
    for (Cluster.Member member : cluster.members()) {
      Map<SocketKey, Endpoint> sockets = new EnumMap<>(served.get(member.number()));
      sockets.put(SocketKey.GOSSIP, Endpoint.loopback(0));
      var options =
          GossipOptions.of(
              cluster.shredVersion(),
              sockets,
              TimeUnit.MILLISECONDS.toMicros(clockMs.getAsLong()),
              nodes.isEmpty() ? List.of() : List.of(entrypoint()));
      nodes.add(open(member, options, engines, clockMs, random(seed, member.number()), numbers));
    }
  }

  private static ChaCha random(long seed, int number) {
    byte[] bytes = new byte[ChaCha.SEED_LENGTH];
    ByteBuffer.wrap(bytes).putLong(seed).putInt(number);
    return ChaCha.chaCha20().seed(bytes, 0);
  }

  private static Node open(
      Cluster.Member member,
      GossipOptions options,
      EngineFactory engines,
      LongSupplier clockMs,
      ChaCha random,
      Map<Pubkey, Integer> numbers) {
    PacketEngine engine = engines.open(ENGINE);
    var queue = new VerifyQueue(VERIFY_QUEUE);
    var book = new AddressBook(member.number(), numbers);
    var gossip =
        new GossipNode(
            engine,
            PortOptions.bind(options.gossip()),
            GossipSigner.of(member.identity()),
            options,
            queue,
            clockMs,
            random,
            book);
    var verifier =
        new VerifierAgent(
            queue, new Ed25519Verifier(), new VerifiedValues(VERIFIED_VALUES), () -> {});
    return new Node(engine, gossip, verifier, book);
  }

  /// Where the first node gossips, whom all others ask first.
  Endpoint entrypoint() {
    return nodes.getFirst().gossip().port().localEndpoint();
  }

  /// Where a node serves something itself.
  Optional<Endpoint> ownSocket(int node, SocketKey key) {
    return key == SocketKey.GOSSIP
        ? Optional.of(nodes.get(node).gossip().port().localEndpoint())
        : Optional.ofNullable(served.get(node).get(key));
  }

  /// Tells a value of a node's own. Any thread.
  ///
  /// @return false when too many wait
  boolean publish(int node, LongFunction<List<CrdsData>> values) {
    return nodes.get(node).gossip().publish(values);
  }

  /// Where a node believes the others to be.
  AddressBook bookOf(int node) {
    return nodes.get(node).book();
  }

  /// Whether every node knows where every other receives shreds.
  boolean isComplete() {
    return nodes.stream().allMatch(node -> node.book().missing().isEmpty());
  }

  /// Who does not know whom, by number from 1; empty when all is known.
  String missing() {
    List<String> parts = new ArrayList<>();
    for (int node = 0; node < nodes.size(); node++) {
      List<Integer> missing = bookOf(node).missing();
      if (!missing.isEmpty()) {
        String others =
            missing.stream()
                .map(other -> String.valueOf(other + 1))
                .collect(Collectors.joining(", "));
        parts.add("node " + (node + 1) + " has not heard of " + others);
      }
    }
    return String.join("; ", parts);
  }

  @Override
  public int doWork() {
    int work = 0;
    for (Node node : nodes) {
      work += node.gossip().doWork() + node.verifier().doWork();
    }
    return work;
  }

  @Override
  public void onClose() {
    for (Node node : nodes) {
      node.gossip().close();
      node.engine().close();
    }
  }

  @Override
  public String roleName() {
    return "gossip";
  }
}
