package org.vexor.solana.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// The answers have the form of Agave's.
final class ClusterRpcTest {
  private static final String KEY = "9QzsJf7LPLj8GkXbYT3LFDKqsj2hHG7TA3xinJHu8epQ";

  private HttpServer server;
  private RpcClient client;
  private ClusterRpc rpc;
  private final AtomicInteger calls = new AtomicInteger();
  private volatile String result = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          calls.incrementAndGet();
          byte[] body =
              ("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new RpcClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
    rpc = new ClusterRpc(client);
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void readsNodesAndTheirAddresses() throws RpcException {
    result =
        "[{\"pubkey\":\"%s\",\"gossip\":\"10.0.0.1:8000\",\"tpuQuic\":\"[2001:db8::1]:8009\",\"tpuVote\":null,\"version\":\"4.2.2\"}]"
            .formatted(KEY);
    ClusterNode node = rpc.clusterNodes().getFirst();
    assertEquals(Pubkey.fromBase58(KEY), node.identity());
    assertEquals(8_009, node.tpuQuic().orElseThrow().getPort());
    assertEquals(Optional.empty(), node.tpuVote());
  }

  @Test
  void resolvesNoNames() throws RpcException {
    result = "[{\"pubkey\":\"%s\",\"tpuQuic\":\"localhost:8009\"}]".formatted(KEY);
    assertEquals(Optional.empty(), rpc.clusterNodes().getFirst().tpuQuic());
  }

  @Test
  void readsASchedule() throws RpcException {
    result = "{\"%s\":[0,1,2,3]}".formatted(KEY);
    var schedule = rpc.leaderSchedule(70, new Epochs(64, false)).orElseThrow();
    assertEquals(Optional.of(Pubkey.fromBase58(KEY)), schedule.leader(66));
    assertEquals(Optional.empty(), schedule.leader(68));
    result = "null";
    assertEquals(Optional.empty(), rpc.leaderSchedule(70, new Epochs(64, false)));
  }

  @Test
  void readsBlockhashAndEpochs() throws RpcException {
    result =
        "{\"context\":{\"slot\":9},\"value\":{\"blockhash\":\"%s\",\"lastValidBlockHeight\":159}}"
            .formatted(KEY);
    assertEquals(159, rpc.latestBlockhash().lastValidBlockHeight());
    result =
        "{\"slotsPerEpoch\":8192,\"warmup\":true,\"leaderScheduleSlotOffset\":8192,"
            + "\"firstNormalEpoch\":8,\"firstNormalSlot\":8160}";
    assertEquals(new Epochs(8_192, true), rpc.epochs());
  }

  @Test
  void readsWhatBecameOfTransactions() throws RpcException {
    Signature signature = Signature.of(new byte[Signature.LENGTH]);
    result =
        "{\"context\":{\"slot\":9},\"value\":[null,{\"slot\":5,\"confirmations\":3,\"err\":"
            + "{\"InstructionError\":[0,{\"Custom\":1}]},\"confirmationStatus\":\"confirmed\"}]}";
    var statuses = rpc.signatureStatuses(List.of(signature, signature));
    assertEquals(Optional.empty(), statuses.getFirst());
    SignatureStatus status = statuses.getLast().orElseThrow();
    assertEquals(5, status.slot());
    assertEquals("confirmed", status.commitment());
    assertTrue(status.error().orElseThrow().contains("Custom"));
  }

  @Test
  void asksForAsManyTransactionsAsThereAreInSeveralCalls() throws RpcException {
    Signature signature = Signature.of(new byte[Signature.LENGTH]);
    result = "{\"value\":[" + "null,".repeat(255) + "null]}";
    assertEquals(512, rpc.signatureStatuses(Collections.nCopies(512, signature)).size());
    assertEquals(2, calls.get());
    assertEquals(List.of(), rpc.signatureStatuses(List.of()));
    assertEquals(2, calls.get());
    var told = new ArrayList<Signature>();
    assertThrows(
        RpcException.class,
        () ->
            rpc.signatureStatuses(
                Collections.nCopies(257, signature), (asked, _) -> told.add(asked)));
    assertEquals(256, told.size(), "the first call's answers are told");
  }

  @Test
  void addsUpTheStakesOfAnIdentity() throws RpcException {
    String account = "{\"nodePubkey\":\"%s\",\"activatedStake\":7}".formatted(KEY);
    result = "{\"current\":[%s,%s],\"delinquent\":[%s]}".formatted(account, account, account);
    assertEquals(Map.of(Pubkey.fromBase58(KEY), 21L), rpc.stakes());
    result = "{\"current\":[%s]}".formatted(account.replace("7}", "-7}"));
    assertThrows(RpcException.class, () -> rpc.stakes());
    result = "[]";
    assertThrows(RpcException.class, () -> rpc.stakes());
  }

  @Test
  void namesAnAnswerOfAnotherForm() {
    result = "\"soon\"";
    RpcException refused = assertThrows(RpcException.class, () -> rpc.slot());
    String said = String.valueOf(refused.getMessage());
    assertTrue(said.contains("getSlot"), said);
    assertTrue(said.contains("soon"), said);
  }
}
