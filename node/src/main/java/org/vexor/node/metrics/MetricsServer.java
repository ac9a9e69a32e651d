package org.vexor.node.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Gives the metrics by HTTP, at `/metrics`, on one thread of its own: only what it is asked for,
/// one request after another.
public final class MetricsServer implements AutoCloseable {
  /// Seconds for a request to come and an answer to go; the JDK's server reads them when it is made
  /// first, and has no limit of its own.
  private static final Map<String, String> LIMITS =
      Map.of("sun.net.httpserver.maxReqTime", "5", "sun.net.httpserver.maxRspTime", "5");

  private static final int NOT_FOUND = 404;
  private static final int NO_SUCH_METHOD = 405;

  private final HttpServer server;
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("vexor-metrics").factory());

  /// Starts to listen.
  ///
  /// @param text called for each request
  /// @throws IOException when the address cannot be bound
  public MetricsServer(InetSocketAddress address, Supplier<String> text) throws IOException {
    LIMITS.forEach((name, seconds) -> System.getProperties().putIfAbsent(name, seconds));
    server = HttpServer.create(address, 4);
    server.setExecutor(thread);
    server.createContext("/", exchange -> answer(exchange, text));
    server.start();
  }

  /// Where it listens, with the port that the system chose for 0.
  public InetSocketAddress address() {
    return server.getAddress();
  }

  private static void answer(HttpExchange exchange, Supplier<String> text) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals("/metrics")) {
        exchange.sendResponseHeaders(NOT_FOUND, -1);
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(NO_SUCH_METHOD, -1);
      } else {
        byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }
}
