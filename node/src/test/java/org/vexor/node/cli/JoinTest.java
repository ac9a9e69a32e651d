package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.gossip.bootstrap.IpEchoServer;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipListener;
import org.vexor.gossip.node.GossipOptions;
import org.vexor.gossip.service.GossipService;
import org.vexor.node.VexorProcess;
import org.vexor.node.cluster.StubRpc;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortOptions;
import org.vexor.packet.channel.ChannelEngine;
import org.vexor.solana.crypto.Keypair;

/// `vexor run` as a member of a cluster of three.
final class JoinTest {
  private static final int VERSION = 77;

  @TempDir private Path temporary;

  @Test
  void joinsIsKnownAndHasItsPeersBackAfterItWasKilled() throws Exception {
    Path contacts = temporary.resolve("contacts.bin");
    Path folder =
        Files.createDirectory(
            temporary.resolve("private"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    String socket = folder.resolve("status.sock").toString();
    Keypair leader = Keypair.generate();
    GossipService entrypoint = member(leader, List.of());
    try (var rpc = new StubRpc(leader.publicKey());
        var _ = member(Keypair.generate(), List.of(at(entrypoint)))) {
      List<String> arguments = new ArrayList<>(List.of("run", "--backend", "udp"));
      arguments.addAll(List.of("--tvu-bind", "127.0.0.1:0", "--contacts", contacts.toString()));
      arguments.addAll(List.of("--entrypoint", at(entrypoint).toString()));
      arguments.addAll(List.of("--rpc", rpc.url().toString(), "--status-socket", socket));
      try (var _ = IpEchoServer.start(at(entrypoint), VERSION);
          VexorProcess node = VexorProcess.start(arguments.toArray(String[]::new))) {
        node.awaitErr("gossip: 2 peers"::equals);
        node.await(() -> entrypoint.node().contacts().size() == 2);
        String port = node.awaitErr(line -> line.startsWith("  port ")).strip().split(" +", -1)[1];
        assertTrue(
            entrypoint.node().contacts().stream()
                .anyMatch(
                    peer ->
                        peer.info()
                            .socket(SocketKey.TVU)
                            .equals(Optional.of(Endpoint.parse(port)))),
            "it tells where it receives shreds");
        CliRun status = CliRun.of("status", "--json", "--socket", socket);
        List<String> rows =
            new ObjectMapper()
                .readTree(status.out())
                .path("components")
                .valueStream()
                .map(row -> row.path("component").asText() + " " + row.path("state").asText())
                .toList();
        assertEquals(List.of("Gossip ready", "Leaders ready"), rows.subList(4, 6), status.out());
        node.await(() -> Files.exists(contacts));
      } finally { // by SIGKILL
        entrypoint.close();
      }
      arguments.addAll(List.of("--shred-version", Integer.toString(VERSION)));
      try (VexorProcess again = VexorProcess.start(arguments.toArray(String[]::new))) {
        again.awaitErr(line -> line.endsWith("going on with what was given"));
        again.awaitErr("gossip: 1 peers"::equals);
        assertEquals(128 + 15, again.terminate());
      }
    }
  }

  @Test
  void withoutAClusterToJoinItSaysWhatToGive() {
    for (String[] wrong :
        new String[][] {
          {"run"},
          {"run", "--entrypoint", "127.0.0.1:1"},
          {"run", "--shred-version", "70000"},
          {"run", "--shred-version", "5", "--rpc", "ftp://127.0.0.1"},
          {"run", "--shred-version", "5", "--rpc", "http://127.0.0.1:1"},
          {"run", "--shred-version", "5", "--stakes", "/nowhere"}
        }) {
      CliRun run = CliRun.of(wrong);
      assertEquals(2, run.exitCode(), run.out());
      assertEquals(1, run.errLines().size(), run.err());
    }
  }

  private static GossipService member(Keypair identity, List<Endpoint> entrypoints) {
    return GossipService.start(
        new ChannelEngine(EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(512, 256)),
        PortOptions.bind(Endpoint.loopback(0)),
        identity,
        GossipOptions.of(
            VERSION,
            Map.of(SocketKey.GOSSIP, Endpoint.loopback(0)),
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            entrypoints),
        GossipListener.NONE,
        Optional.empty());
  }

  private static Endpoint at(GossipService member) {
    return member.node().port().localEndpoint();
  }
}
