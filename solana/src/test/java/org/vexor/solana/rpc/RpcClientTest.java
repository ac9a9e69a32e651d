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
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RpcClientTest {
  private final List<String> requests = new ArrayList<>();
  private HttpServer server;
  private RpcClient client;
  private volatile String answer = "";
  private volatile int status = 200;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          requests.add(
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    client =
        new RpcClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()), Duration.ofSeconds(5));
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void sendsParametersByPositionAndGivesTheResult() throws RpcException {
    answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"value\":7}}";
    assertEquals(
        7, client.call("getIt", "a", Map.of("commitment", "processed")).get("value").asInt());
    assertEquals(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getIt\",\"params\":[\"a\",{\"commitment\":\"processed\"}]}",
        requests.getFirst());
  }

  @Test
  void aNullResultIsAResult() throws RpcException {
    answer = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}";
    assertTrue(client.call("getBlock", 5).isNull());
  }

  @Test
  void theNodesErrorKeepsItsCode() {
    answer =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32009,\"message\":\"Slot 5 was skipped\"}}";
    RpcException e = assertThrows(RpcException.class, () -> client.call("getBlock", 5));
    assertEquals(-32009, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains("Slot 5 was skipped"), e.getMessage());
  }

  @Test
  void whatIsNotJsonRpcIsNamed() {
    answer = "<html>";
    assertRefused("not JSON: <html>");
    answer = "{}";
    assertRefused("no result");
    status = 429;
    assertRefused("HTTP status 429");
  }

  private void assertRefused(String reason) {
    RpcException e = assertThrows(RpcException.class, () -> client.call("getSlot"));
    assertTrue(String.valueOf(e.getMessage()).contains(reason), e.getMessage());
  }

  @Test
  void aNodeThatIsNotThereIsNamed() {
    server.stop(0);
    RpcException e = assertThrows(RpcException.class, () -> client.call("getSlot"));
    assertEquals(RpcException.NO_ANSWER, e.code());
    assertTrue(String.valueOf(e.getMessage()).contains("ConnectException"), e.getMessage());
  }
}
