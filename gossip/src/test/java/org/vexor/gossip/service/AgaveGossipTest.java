package org.vexor.gossip.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.bootstrap.Bootstrap;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipCount;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.solana.crypto.Keypair;

/// Our gossip and Agave's, each as the entrypoint of the other. Needs `gossip-peer`, built from
/// peers/agave, in the folder that `-Dvexor.peers=DIR` names; skipped without it.
final class AgaveGossipTest {
  private static final Path PEER =
      Path.of(System.getProperty("vexor.peers", "/nowhere"), "gossip-peer");
  private static final int VERSION = 4242;
  private static final Endpoint TVU = Endpoint.loopback(9004);
  private static final EngineOptions ENGINE =
      EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(512, 256);

  private final List<AutoCloseable> open = new ArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  @BeforeEach
  void requireThePeer() {
    assumeTrue(
        Files.isExecutable(PEER),
        "gossip-peer is not in the folder that -Dvexor.peers=DIR names; built from peers/agave");
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  @Test
  void weFindEachOtherByAgaveAndItKnowsWhereWeServe() throws IOException {
    Endpoint entrypoint = freePort();
    peer("--bind", entrypoint.toString());
    await(() -> said.stream().anyMatch(line -> line.contains("listening")));
    assertEquals(
        VERSION,
        switch (Bootstrap.learn(List.of(entrypoint), OptionalInt.empty(), 5_000)) {
          case Bootstrap.Outcome.Learned learned -> learned.shredVersion();
          case Bootstrap.Outcome.Unanswered unanswered -> throw new AssertionError(unanswered);
          case Bootstrap.Outcome.Failed failed -> throw new AssertionError(failed);
        });
    GossipService first = service(List.of(entrypoint));
    GossipService second = service(List.of(entrypoint));
    await(() -> first.node().contacts().size() == 2 && second.node().contacts().size() == 2);
    await(() -> said.stream().anyMatch(line -> line.contains("\"tvu_peers\":2")));
    requireNothingRefused(first);
    requireNothingRefused(second);
  }

  @Test
  void agaveJoinsByUsAndOurIpEcho() throws IOException {
    GossipService service = service(List.of());
    Endpoint entrypoint = service.node().port().localEndpoint();
    open.add(IpEchoServer.start(entrypoint, VERSION));
    peer("--bind", freePort().toString(), "--entrypoint", entrypoint.toString(), "--until", "2");
    await(() -> service.node().contacts().size() == 1);
    await(() -> said.stream().anyMatch(line -> line.contains(TVU.toString())));
    requireNothingRefused(service);
  }

  private static void requireNothingRefused(GossipService service) {
    assertEquals(0, service.node().counters().get(GossipCount.UNREADABLE));
    assertEquals(0, service.node().counters().get(GossipCount.BAD_SIGNATURES));
    assertEquals(0, service.node().counters().get(GossipCount.VALUES_REFUSED));
  }

  private GossipService service(List<Endpoint> entrypoints) {
    GossipService service =
        GossipService.start(
            new ChannelEngine(ENGINE),
            PortOptions.bind(Endpoint.loopback(0)),
            Keypair.generate(),
            GossipOptions.of(
                VERSION,
                Map.of(SocketKey.GOSSIP, Endpoint.loopback(0), SocketKey.TVU, TVU),
                TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
                entrypoints),
            GossipListener.NONE,
            Optional.empty());
    open.add(service);
    return service;
  }

  private void peer(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(PEER.toString()));
    command.addAll(List.of("--shred-version", String.valueOf(VERSION), "--seconds", "90"));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    open.add(process::destroyForcibly);
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    Thread.ofVirtual().start(() -> lines.lines().forEach(said::add));
  }

  /// A port that was free a moment ago, for UDP and for TCP.
  private static Endpoint freePort() throws IOException {
    try (var socket = new java.net.ServerSocket(0)) {
      return Endpoint.loopback(socket.getLocalPort());
    }
  }

  private void await(BooleanSupplier so) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!so.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, () -> "not so within a minute; it said " + said);
      LockSupport.parkNanos(20_000_000);
    }
  }
}
