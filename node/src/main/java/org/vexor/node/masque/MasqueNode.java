package org.vexor.node.masque;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.vexor.masque.client.ClientOptions;
import org.vexor.masque.tunnel.TunnelEngine;
import org.vexor.masque.tunnel.TunnelOptions;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.config.ConfigException;
import org.vexor.node.masque.ProxyVerdict.Kind;
import org.vexor.node.route.ProxyPath;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.quic.path.RoutePolicy;

/// The proxy of a node: connected to at start, verified, watched, and offered to who sends. Any
/// thread, but [#close] from none of its event loops.
public final class MasqueNode implements AutoCloseable, ComponentSource, ProxyPath {
  private static final long LOOK_NS = 20_000_000;
  private static final double NS_A_MS = 1e6;

  private final MasqueConfig config;
  private final String proxy;
  private final ClientRun run;
  private final ProxyWatch watch;

  private MasqueNode(
      MasqueConfig config,
      ClientOptions options,
      Optional<UdpTarget> echo,
      BiConsumer<ProxyVerdict, String> lines) {
    this.config = config;
    this.proxy = options.template().authority();
    run = ClientRun.start(options);
    watch =
        new ProxyWatch(
            run.client(), echo, run.tcpLoops(), verdict -> lines.accept(verdict, line(verdict)));
  }

  /// Begins to connect and to verify.
  ///
  /// @param lines told each change in one line, on a thread of its own making
  /// @throws ConfigException when something of the configuration is wrong
  /// @throws org.vexor.packet.PortException when no engine opens
  public static MasqueNode start(MasqueConfig config, BiConsumer<ProxyVerdict, String> lines)
      throws ConfigException {
    return new MasqueNode(config, config.access().options(), config.echoTarget(), lines);
  }

  private String line(ProxyVerdict verdict) {
    String otherwise =
        verdict.isUsable() ? "" : isRequired() ? "; nothing goes past it" : "; going on without it";
    return "MASQUE proxy " + proxy + " " + verdict + echo(verdict) + otherwise;
  }

  private String echo(ProxyVerdict verdict) {
    boolean answers = verdict.kind() == Kind.READY || verdict.kind() == Kind.DEGRADED;
    return answers && config.echo().isPresent() && watch.roundTripNs().isPresent()
        ? ", echo of %s in %.1f ms"
            .formatted(config.echo().get(), watch.roundTripNs().getAsLong() / NS_A_MS)
        : "";
  }

  /// Waits until something is known of the proxy.
  ///
  /// @return the verdict then; of kind [Kind#TRYING] when the time was too short
  public ProxyVerdict awaitVerdict(Duration patience) {
    long endNs = System.nanoTime() + patience.toNanos();
    while (watch.verdict().kind() == Kind.TRYING && System.nanoTime() < endNs) {
      LockSupport.parkNanos(LOOK_NS);
    }
    return watch.verdict();
  }

  /// What is known of the proxy now.
  public ProxyVerdict verdict() {
    return watch.verdict();
  }

  @Override
  public String name() {
    return "tunnel by " + proxy;
  }

  @Override
  public boolean isUsable() {
    return watch.verdict().isUsable();
  }

  @Override
  public RoutePolicy policy() {
    return config.policy().routes();
  }

  private boolean isRequired() {
    return config.policy() == MasqueConfig.Policy.REQUIRE;
  }

  @Override
  public PacketEngine engine(EngineOptions options) {
    return new TunnelEngine(run.client(), options, TunnelOptions.DEFAULT);
  }

  @Override
  public List<ComponentStatus> status() {
    ProxyVerdict now = watch.verdict();
    return List.of(
        new ComponentStatus(
            "MASQUE",
            state(now.kind()),
            now.toString(),
            watch.roundTripNs().isPresent()
                ? "echo in %.1f ms".formatted(watch.roundTripNs().getAsLong() / NS_A_MS)
                : "",
            action(now.kind()),
            figures(now)));
  }

  private static ComponentStatus.State state(Kind kind) {
    return switch (kind) {
      case READY -> ComponentStatus.State.READY;
      case DEGRADED, SILENT -> ComponentStatus.State.DEGRADED;
      case TRYING, REFUSED, UNREACHABLE -> ComponentStatus.State.OFF;
    };
  }

  private String action(Kind kind) {
    return switch (kind) {
      case READY, TRYING -> "";
      case REFUSED -> "give credentials that the proxy knows: --masque-auth";
      case DEGRADED, SILENT, UNREACHABLE -> "mend what the reason says, here or at " + proxy;
    };
  }

  private Map<String, Number> figures(ProxyVerdict now) {
    var figures = new LinkedHashMap<String, Number>();
    figures.put("http_version", now.version().map(used -> 3 - used.ordinal()).orElse(0));
    figures.put("echoes", watch.answers());
    watch.roundTripNs().ifPresent(ns -> figures.put("echo_us", TimeUnit.NANOSECONDS.toMicros(ns)));
    figures.put("connections", run.client().status().version().isPresent() ? 1 : 0);
    return figures;
  }

  @Override
  public void close() {
    watch.close();
    run.close();
  }
}
