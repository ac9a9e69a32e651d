package org.vexor.solana.rpc;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// A Solana node's JSON-RPC. Any thread; a call blocks its caller for the time-out at most.
public final class RpcClient implements AutoCloseable {
  private static final int OK = 200;
  private static final int LONGEST_TEXT = 200;

  private final URI url;
  private final Duration timeout;
  private final HttpClient http;
  private final JsonMapper mapper = new JsonMapper();
  private final AtomicLong ids = new AtomicLong();

  /// @param url `http` or `https`
  /// @param timeout of each call, connecting included
  public RpcClient(URI url, Duration timeout) {
    String scheme = url.getScheme();
    if (scheme == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw new IllegalArgumentException("RPC address " + url + " is neither http nor https");
    }
    this.url = url;
    this.timeout = timeout;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(timeout)
            .build();
  }

  public URI url() {
    return url;
  }

  /// Calls a method.
  ///
  /// @param parameters by position: strings, numbers, booleans, [JsonNode]s, lists and maps
  /// @return the `result`; a JSON null is a node too
  /// @throws RpcException with what the node said, or why there was no answer
  public JsonNode call(String method, Object... parameters) throws RpcException {
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("jsonrpc", "2.0").put("id", ids.incrementAndGet()).put("method", method);
    request.set("params", mapper.valueToTree(parameters));
    return result(method, exchange(method, request.toString()));
  }

  private String exchange(String method, String body) throws RpcException {
    HttpRequest request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != OK) {
        throw new RpcException(
            "%s of %s: HTTP status %d: %s"
                .formatted(method, url, response.statusCode(), start(response.body())),
            RpcException.NO_ANSWER);
      }
      return response.body();
    } catch (RpcException e) {
      throw e;
    } catch (IOException e) {
      throw new RpcException(method + " of " + url + ": " + reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RpcException(method + " of " + url + ": interrupted", e);
    }
  }

  private JsonNode result(String method, String body) throws RpcException {
    JsonNode answer;
    try {
      answer = mapper.readTree(body);
    } catch (JacksonException e) {
      throw new RpcException(method + " of " + url + ": not JSON: " + start(body), e);
    }
    JsonNode error = answer.path("error");
    if (error.isObject()) {
      throw new RpcException(
          "%s of %s: error %d: %s"
              .formatted(
                  method, url, error.path("code").asInt(), start(error.path("message").asText())),
          error.path("code").asInt());
    }
    if (!answer.has("result")) {
      throw new RpcException(
          method + " of " + url + ": no result: " + start(body), RpcException.NO_ANSWER);
    }
    return answer.get("result");
  }

  private static String start(String text) {
    return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "...";
  }

  /// HttpClient leaves the message of a refused connection empty.
  private static String reason(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  @Override
  public void close() {
    http.close();
  }
}
