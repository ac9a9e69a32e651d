package org.vexor.node.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.TunnelState;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.config.ConfigException;
import org.vexor.node.masque.ClientRow;
import org.vexor.node.masque.ClientRun;
import org.vexor.node.metrics.ProxyMetrics;
import org.vexor.node.run.StopSignal;
import org.vexor.node.status.Components;
import org.vexor.packet.PortException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What the `vexor tunnel` commands have in common: a client that is kept, what is said of it, and
/// an end.
final class TunnelSession {
  private static final long LOOK_NS = 200_000_000;
  private static final int LOOKS_A_SECOND = 5;
  private static final int REMEMBERED = 1_000;

  @Mixin private ProxyAccessOptions accessOptions = new ProxyAccessOptions();

  @Mixin private StatusOptions statusOptions = new StatusOptions();

  @Mixin private MetricsOption metricsOption = new MetricsOption();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "how long to run (default: until it is stopped)")
  private int seconds;

  @Option(names = "--json", description = "all that is said as JSON objects, a line each")
  private boolean json;

  /// The ports of a command.
  interface Fronts extends AutoCloseable {
    /// Counts of all of them by name.
    Map<String, Number> figures();

    @Override
    void close();
  }

  /// Opens the ports of a command.
  interface Opening {
    /// Opens them.
    ///
    /// @param session for what the ports have to say
    Fronts open(ClientRun run, TunnelSession session);
  }

  /// What was said last of each target, so that the same is not said at each of its retries.
  private final Map<UdpTarget, String> said = new LinkedHashMap<>();

  private PrintWriter out = new PrintWriter(PrintWriter.nullWriter());

  /// Runs until it is stopped.
  ///
  /// @throws UserException when something is wrong, or a port cannot be bound
  int run(PrintWriter output, PrintWriter messages, Opening opening) throws UserException {
    out = output;
    try (ClientRun run = ClientRun.start(accessOptions.access().options())) {
      run.client().onStatus(this::proxy);
      try (Fronts fronts = opening.open(run, this)) {
        serve(run, fronts, messages);
      }
    } catch (ConfigException | PortException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private void serve(ClientRun run, Fronts fronts, PrintWriter messages) throws UserException {
    var components = new Components();
    components.add(new ClientRow(run.client()));
    StopSignal stop = StopSignal.install(() -> {});
    Supplier<Map<String, Number>> figures = fronts::figures;
    try (var _ = statusOptions.serve(components, run::engine, messages);
        var _ = metricsOption.serve(new ProxyMetrics("vexor_tunnel_", figures), messages)) {
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
      for (int look = 1;
          !stop.isRequested() && (seconds == 0 || System.nanoTime() < endNs);
          look++) {
        LockSupport.parkNanos(LOOK_NS);
        if (look % LOOKS_A_SECOND == 0) {
          run.tick();
        }
      }
      summary(fronts.figures());
    } finally {
      stop.finished();
    }
  }

  private void proxy(ClientStatus now) {
    if (now.phase() != ClientStatus.Phase.CLOSED) {
      say("proxy", Map.of("state", now.toString()), "proxy " + now);
    }
  }

  /// A port is there.
  ///
  /// @param leads where to
  void listening(String address, String leads) {
    say(
        "listen",
        Map.of("address", address, "leads", leads),
        address + " leads " + leads + " by " + accessOptions.access());
  }

  /// What becomes of a tunnel, as far as its user has to know.
  void tunnel(UdpTarget target, TunnelState state) {
    String what =
        switch (state) {
          case TunnelState.Refused refused -> refused.reason();
          case TunnelState.Lost lost -> "lost: " + lost.reason();
          case TunnelState.Opening _, TunnelState.Open _, TunnelState.Closed _ -> "";
        };
    if (isNews(target, what)) {
      say(
          "tunnel",
          Map.of("target", target.toString(), "state", what),
          "tunnel to " + target + ": " + what);
    }
  }

  private synchronized boolean isNews(UdpTarget target, String what) {
    if (what.isEmpty()) {
      return false;
    }
    if (said.size() >= REMEMBERED) {
      said.clear();
    }
    return !what.equals(said.put(target, what));
  }

  private synchronized void say(String event, Map<String, String> fields, String line) {
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("event", event);
      new LinkedHashMap<>(fields).forEach(node::put);
      out.println(node);
    } else {
      out.println(line);
    }
    out.flush();
  }

  private synchronized void summary(Map<String, Number> figures) {
    if (json) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("event", "summary");
      figures.forEach((name, value) -> node.put(name, value.longValue()));
      out.println(node);
    } else {
      figures.forEach((name, value) -> out.println("  %-28s %s".formatted(name, value)));
    }
    out.flush();
  }
}
