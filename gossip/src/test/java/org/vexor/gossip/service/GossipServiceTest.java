package org.vexor.gossip.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipCount;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.solana.crypto.Keypair;

/// Real sockets, real signatures. As many nodes as `-Dvexor.gossip.udp.nodes` says.
final class GossipServiceTest {
  private static final int NODES = Integer.getInteger("vexor.gossip.udp.nodes", 6);
  private static final EngineOptions ENGINE =
      EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(512, 256);

  private final List<GossipService> services = new ArrayList<>();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    services.forEach(GossipService::close);
  }

  @Test
  void nodesOnLoopbackFindEachOtherByOneEntrypoint() {
    start(0, freePort(), List.of(), Optional.empty());
    Endpoint entrypoint = services.getFirst().node().port().localEndpoint();
    for (int i = 1; i < NODES; i++) {
      start(i, freePort(), List.of(entrypoint), Optional.empty());
    }
    await(
        () -> services.stream().allMatch(service -> service.node().contacts().size() == NODES - 1));
    for (GossipService service : services) {
      assertEquals(0, service.node().counters().get(GossipCount.BAD_SIGNATURES));
      assertEquals(0, service.node().counters().get(GossipCount.UNREADABLE));
    }
  }

  @Test
  void knownNodesAreBackFromDiskWithoutTheEntrypoint() {
    Path file = folder.resolve("contact-info.bin");
    start(0, freePort(), List.of(), Optional.empty());
    Endpoint entrypoint = services.getFirst().node().port().localEndpoint();
    start(1, freePort(), List.of(entrypoint), Optional.empty());
    GossipService saved = start(2, freePort(), List.of(entrypoint), Optional.of(file));
    await(() -> saved.node().contacts().size() == 2);
    saved.close();
    assertTrue(Files.exists(file));
    services.remove(saved);
    services.removeFirst().close(); // the entrypoint is gone
    GossipService again = start(2, freePort(), List.of(entrypoint), Optional.of(file));
    await(() -> again.node().contacts().size() == 1);
    assertEquals(
        services.getFirst().node().port().localEndpoint(),
        again.node().contacts().getFirst().info().socket(SocketKey.GOSSIP).orElseThrow());
  }

  private GossipService start(
      int number, Endpoint bind, List<Endpoint> entrypoints, Optional<Path> file) {
    byte[] seed = new byte[Keypair.SEED_LENGTH];
    seed[0] = (byte) number;
    seed[1] = (byte) (number >> 8);
    seed[2] = 1;
    GossipService service =
        GossipService.start(
            new ChannelEngine(ENGINE),
            PortOptions.bind(bind),
            Keypair.fromSeed(seed),
            GossipOptions.of(
                4242,
                Map.of(SocketKey.GOSSIP, bind),
                System.currentTimeMillis() * 1000,
                entrypoints),
            GossipListener.NONE,
            file);
    services.add(service);
    return service;
  }

  /// A port that was free a moment ago.
  private static Endpoint freePort() {
    try (var engine = new ChannelEngine(ENGINE)) {
      return engine
          .open(PortOptions.bind(Endpoint.loopback(0)), (port, datagram) -> {})
          .localEndpoint();
    }
  }

  private static void await(BooleanSupplier so) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!so.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "not so within a minute");
      LockSupport.parkNanos(20_000_000);
    }
  }
}
