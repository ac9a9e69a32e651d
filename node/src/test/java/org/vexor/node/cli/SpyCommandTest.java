package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.service.GossipService;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.solana.crypto.Keypair;

final class SpyCommandTest {
  private final Keypair identity = Keypair.generate();
  private Endpoint entrypoint;
  private GossipService service;
  private IpEchoServer echo;

  @BeforeEach
  void startEntrypoint() throws IOException {
    try (var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      entrypoint = Endpoint.loopback(socket.getLocalPort());
    }
    echo = IpEchoServer.start(entrypoint, 4242);
    service =
        GossipService.start(
            PacketEngines.local(EngineOptions.DEFAULT),
            PortOptions.bind(entrypoint),
            identity,
            GossipOptions.of(
                4242,
                Map.of(SocketKey.GOSSIP, entrypoint, SocketKey.TVU, entrypoint.withPort(9)),
                System.currentTimeMillis() * 1000,
                List.of()),
            GossipListener.NONE,
            Optional.empty());
  }

  @AfterEach
  void stopEntrypoint() {
    service.close();
    echo.close();
  }

  @Test
  void jsonHasEachNodeWithItsSockets() throws IOException {
    CliRun run =
        CliRun.of(
            "spy",
            "--entrypoint",
            entrypoint.toString(),
            "--seconds",
            "60",
            "--until",
            "1",
            "--json");
    assertEquals(0, run.exitCode(), run.err());
    JsonNode json = new ObjectMapper().readTree(run.out());
    assertEquals(4242, json.path("shred_version").asInt());
    assertEquals(1, json.path("nodes").size(), run.out());
    JsonNode node = json.path("nodes").get(0);
    assertEquals(identity.publicKey().toString(), node.path("identity").asText());
    assertEquals("Vexor", node.path("client").asText());
    assertEquals(entrypoint.toString(), node.path("sockets").path("gossip").asText());
    assertEquals(entrypoint.withPort(9).toString(), node.path("sockets").path("tvu").asText());
  }

  @Test
  void anotherShredVersionIsOneLine() {
    CliRun run = CliRun.of("spy", "--entrypoint", entrypoint.toString(), "--shred-version", "7");
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().contains("4242"), run.err());
  }

  @Test
  void anEntrypointThatDoesNotAnswerIsOneLine() {
    echo.close();
    CliRun run = CliRun.of("spy", "--entrypoint", entrypoint.toString());
    assertEquals(2, run.exitCode());
    assertEquals(1, run.errLines().size(), run.err());
    assertTrue(run.err().contains(entrypoint.toString()), run.err());
  }
}
