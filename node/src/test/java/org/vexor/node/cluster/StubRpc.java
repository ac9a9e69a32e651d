package org.vexor.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.vexor.solana.Pubkey;

/// An RPC node of a cluster of one leader, with epochs of 64 slots, at a slot that the test sets.
public final class StubRpc implements AutoCloseable {
  static final int SLOTS = 64;

  private final HttpServer server;
  private final Pubkey leader;
  private volatile long slot = 10;
  private volatile boolean isSilent;

  public StubRpc(Pubkey leader) throws IOException {
    this.leader = leader;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          JsonNode request = new ObjectMapper().readTree(exchange.getRequestBody());
          String result =
              switch (request.path("method").asText()) {
                case "getEpochSchedule" -> "{\"slotsPerEpoch\":64,\"warmup\":false}";
                case "getSlot" -> Long.toString(slot);
                case "getLeaderSchedule" -> schedule(request.path("params").path(0).asLong());
                case "getVoteAccounts" ->
                    "{\"current\":[{\"nodePubkey\":\"%s\",\"activatedStake\":%d}],\"delinquent\":[]}"
                        .formatted(leader, 1_000_000_000L * (1 + slot / SLOTS));
                case "getClusterNodes" -> "[]";
                case "isBlockhashValid" -> "{\"context\":{\"slot\":1},\"value\":true}";
                case "getSignatureStatuses" ->
                    "{\"context\":{\"slot\":1},\"value\":[%s]}"
                        .formatted(
                            request
                                .path("params")
                                .path(0)
                                .valueStream()
                                .map(each -> "null")
                                .collect(Collectors.joining(",")));
                case "getBalance" -> "{\"context\":{\"slot\":1},\"value\":123}";
                default -> throw new IOException("not asked for in these tests: " + request);
              };
          byte[] body =
              "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":%s}"
                  .formatted(result)
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(isSilent ? 503 : 200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  /// Known for the epoch of now and the next.
  private String schedule(long of) {
    if (of / SLOTS > slot / SLOTS + 1) {
      return "null";
    }
    String indexes =
        LongStream.range(0, SLOTS).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return "{\"%s\":[%s]}".formatted(leader, indexes);
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void slot(long newSlot) {
    slot = newSlot;
  }

  void silent(boolean newSilent) {
    isSilent = newSilent;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
