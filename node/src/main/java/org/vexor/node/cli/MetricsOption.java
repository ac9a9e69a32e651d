package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.vexor.node.metrics.MetricsServer;
import org.vexor.packet.Endpoint;
import picocli.CommandLine.Option;

/// Where metrics can be fetched, if at all.
final class MetricsOption {
  @Option(
      names = "--metrics",
      paramLabel = "[ADDR:]PORT",
      description =
          "give metrics for Prometheus at http://ADDR:PORT/metrics; without ADDR to this host only"
              + " (default: none)")
  private @Nullable String metrics;

  /// Starts to give them, if asked to.
  ///
  /// @throws UserException when the address is none, or cannot be bound
  StatusOptions.Served serve(Supplier<String> text, PrintWriter messages) throws UserException {
    if (metrics == null) {
      return () -> {};
    }
    try {
      String address = metrics.contains(":") ? metrics : "127.0.0.1:" + metrics;
      var server = new MetricsServer(Endpoint.parse(address).toSocketAddress(), text);
      messages.println(
          "  metrics       http://%s/metrics".formatted(Endpoint.of(server.address())));
      messages.flush();
      return server::close;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException("--metrics " + metrics + ": " + e.getMessage(), e);
    }
  }
}
