package org.vexor.node.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
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
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;
import org.vexor.solana.Hash;
import org.vexor.solana.crypto.Keypair;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import org.vexor.solana.transaction.MessageBuilder;
import org.vexor.solana.transaction.SystemProgram;
import org.vexor.solana.transaction.Transaction;
import org.vexor.solana.transaction.TransactionSigner;
import org.vexor.tpu.server.ServerLimits;
import org.vexor.tpu.server.Stakes;
import org.vexor.tpu.server.TpuServer;

/// `vexor run` as a JSON-RPC node, in a cluster of one leader that its gossip knows.
final class RunFrontTest {
  private static final int VERSION = 78;

  private final Keypair leader = Keypair.generate();
  private final BlockingQueue<byte[]> received = new LinkedBlockingQueue<>();

  private void received(ByteBuffer transaction) {
    byte[] bytes = new byte[transaction.remaining()];
    transaction.get(bytes);
    received.add(bytes);
  }

  private GossipService entrypoint(TpuServer tpu) {
    return GossipService.start(
        new ChannelEngine(EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(512, 256)),
        PortOptions.bind(Endpoint.loopback(0)),
        leader,
        GossipOptions.of(
            VERSION,
            Map.of(
                SocketKey.GOSSIP,
                Endpoint.loopback(0),
                SocketKey.TPU_QUIC,
                Endpoint.of(tpu.localAddress())),
            TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis()),
            List.of()),
        GossipListener.NONE,
        Optional.empty());
  }

  private static Transaction transfer() {
    TransactionSigner payer = TransactionSigner.of(Keypair.generate());
    return Transaction.sign(
        new MessageBuilder(payer.pubkey())
            .add(SystemProgram.transfer(payer.pubkey(), Keypair.generate().publicKey(), 5))
            .buildLegacy(Hash.ZERO),
        List.of(payer));
  }

  private static boolean isHealthy(RpcClient client) {
    try {
      return client.call("getHealth").asText().equals("ok");
    } catch (RpcException e) {
      assertEquals(-32005, e.code(), e::getMessage);
      return false;
    }
  }

  @Test
  void sendsWhatItIsGivenToTheLeaderThatGossipKnows() throws Exception {
    try (PortLoops loops =
            PortLoops.start("tpu", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
        TpuServer tpu =
            TpuServer.start(
                loops,
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                1,
                leader,
                ServerLimits.DEFAULT,
                Stakes.NONE,
                (transaction, _) -> received(transaction));
        GossipService entrypoint = entrypoint(tpu);
        IpEchoServer _ = IpEchoServer.start(entrypoint.node().port().localEndpoint(), VERSION);
        StubRpc behind = new StubRpc(leader.publicKey());
        VexorProcess node = node(entrypoint, behind)) {
      String line = node.awaitErr(each -> each.startsWith("  JSON-RPC"));
      URI url = URI.create(line.strip().split("[ ,]+", -1)[1]);
      try (RpcClient client = new RpcClient(url, Duration.ofSeconds(10))) {
        node.await(() -> isHealthy(client));
        answers(client);
        sends(client, node);
      }
      assertEquals(128 + 15, node.terminate());
    }
  }

  private void answers(RpcClient client) throws IOException {
    JsonNode nodes = client.call("getClusterNodes");
    assertEquals(2, nodes.size(), nodes::toString);
    assertEquals(
        List.of(leader.publicKey().toString(), leader.publicKey().toString()),
        client.call("getSlotLeaders", 3, 2).valueStream().map(JsonNode::asText).toList());
    assertEquals(
        123, client.call("getBalance", leader.publicKey().toString()).path("value").asInt());
  }

  private void sends(RpcClient client, VexorProcess node) throws Exception {
    Transaction transaction = transfer();
    String text = Base64.getEncoder().encodeToString(transaction.toByteArray());
    String signature = transaction.signatures().getFirst().toString();
    assertEquals(
        signature, client.call("sendTransaction", text, Map.of("encoding", "base64")).asText());
    byte[] arrived = received.poll(30, TimeUnit.SECONDS);
    assertTrue(arrived != null, () -> "nothing arrived; " + node.err());
    assertArrayEquals(transaction.toByteArray(), arrived);
    JsonNode statuses = client.call("getSignatureStatuses", List.of(signature)).path("value");
    assertTrue(statuses.get(0).isNull(), statuses::toString);
  }

  private static VexorProcess node(GossipService entrypoint, StubRpc behind) throws IOException {
    return VexorProcess.start(
        "run",
        "--backend",
        "udp",
        "--tvu-bind",
        "127.0.0.1:0",
        "--status-socket",
        "none",
        "--entrypoint",
        entrypoint.node().port().localEndpoint().toString(),
        "--rpc",
        behind.url().toString(),
        "--rpc-bind",
        "127.0.0.1:0");
  }

  @Test
  void withoutWhatItStandsOnItSaysWhatToGive() {
    CliRun run =
        CliRun.of(
            "run",
            "--shred-version",
            "5",
            "--tvu-bind",
            "127.0.0.1:0",
            "--backend",
            "udp",
            "--status-socket",
            "none",
            "--rpc-bind",
            "0");
    assertEquals(2, run.exitCode(), run.out());
    assertTrue(run.err().contains("--rpc-bind needs --entrypoint"), run.err());
  }
}
