package org.vexor.node.rpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Signature;

final class RpcServerTest {
  private static final JsonMapper JSON = new JsonMapper();

  private final FakeSource source = new FakeSource();
  private final HttpClient http = HttpClient.newHttpClient();
  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private RpcServer server;
  private String address = "";

  @BeforeEach
  void start() throws IOException {
    server =
        RpcServer.start(
            source, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), "1.2.3");
    address = "127.0.0.1:" + server.address().getPort();
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    server.close();
  }

  private HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return http.send(
        HttpRequest.newBuilder(URI.create("http://" + address))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private WebSocket connect() {
    return http.newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://" + address),
            new WebSocket.Listener() {
              @Override
              public @Nullable CompletionStage<?> onText(
                  WebSocket socket, CharSequence text, boolean last) {
                told.add(text.toString());
                socket.request(1);
                return null;
              }
            })
        .join();
  }

  private JsonNode next() throws IOException, InterruptedException {
    String text = told.poll(10, TimeUnit.SECONDS);
    return JSON.readTree(text == null ? "\"nothing came\"" : text);
  }

  @Test
  void answersOverHttp() throws Exception {
    HttpResponse<String> response = post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"getHealth\"}");
    assertEquals(200, response.statusCode());
    assertEquals("ok", JSON.readTree(response.body()).path("result").asText());
    assertTrue(
        response.headers().firstValue("Content-Type").orElse("").startsWith("application/json"));
  }

  @Test
  void refusesLongBodies() throws Exception {
    HttpResponse<String> response = post(" ".repeat(RpcServer.MOST_REQUEST_BYTES + 1));
    assertEquals(413, response.statusCode());
  }

  @Test
  void tellsOfASignatureOnceItHasTheCommitmentAskedFor() throws Exception {
    Signature signature = RpcMethodsTest.transfer(FakeSource.BLOCKHASH).signatures().getFirst();
    WebSocket socket = connect();
    socket
        .sendText(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"signatureSubscribe\",\"params\":[\"%s\",{\"commitment\":\"confirmed\"}]}"
                .formatted(signature),
            true)
        .join();
    long id = next().path("result").asLong();
    source.seen.put(signature, new SeenTransaction(40, Commitment.PROCESSED, 0, Optional.empty()));
    source.changed(40);
    source.seen.put(signature, new SeenTransaction(40, Commitment.CONFIRMED, 1, Optional.empty()));
    source.changed(41);
    JsonNode notification = next();
    assertEquals("signatureNotification", notification.path("method").asText());
    assertEquals(id, notification.at("/params/subscription").asLong());
    assertEquals(40, notification.at("/params/result/context/slot").asLong());
    assertTrue(notification.at("/params/result/value/err").isNull());
    source.changed(42);
    socket
        .sendText(
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"signatureUnsubscribe\",\"params\":[%d]}"
                .formatted(id),
            true)
        .join();
    assertTrue(next().has("error"), "it was told and is gone");
    socket.abort();
  }

  @Test
  void tellsAtOnceWhatIsSeenAlready() throws Exception {
    Signature signature = RpcMethodsTest.transfer(FakeSource.BLOCKHASH).signatures().getFirst();
    source.seen.put(signature, new SeenTransaction(9, Commitment.FINALIZED, 31, Optional.empty()));
    WebSocket socket = connect();
    socket
        .sendText(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"signatureSubscribe\",\"params\":[\"%s\"]}"
                .formatted(signature),
            true)
        .join();
    assertTrue(next().has("result"));
    assertEquals("signatureNotification", next().path("method").asText());
    socket.abort();
  }

  @Test
  void tellsOfSlotsUntilUnsubscribed() throws Exception {
    WebSocket socket = connect();
    socket.sendText("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"slotSubscribe\"}", true).join();
    long id = next().path("result").asLong();
    source.changed(40);
    assertEquals(40, next().at("/params/result/slot").asLong());
    socket
        .sendText(
            "{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"slotUnsubscribe\",\"params\":[%d]}"
                .formatted(id),
            true)
        .join();
    assertTrue(next().path("result").asBoolean());
    socket.abort();
  }

  @Test
  void saysWhichPortIsTaken() {
    InetSocketAddress taken = server.address();
    IOException failure =
        assertThrows(IOException.class, () -> RpcServer.start(source, taken, "1.2.3"));
    assertTrue(
        String.valueOf(failure.getMessage()).contains(String.valueOf(taken.getPort())),
        failure.toString());
  }
}
