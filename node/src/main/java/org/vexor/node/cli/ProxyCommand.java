package org.vexor.node.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.netty.util.ResourceLeakDetector;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.node.config.ConfigException;
import org.vexor.node.metrics.ProxyMetrics;
import org.vexor.node.proxy.AccessLogFile;
import org.vexor.node.proxy.ProxyConfig;
import org.vexor.node.proxy.ProxyFigures;
import org.vexor.node.proxy.ProxyReload;
import org.vexor.node.proxy.ProxyRow;
import org.vexor.node.proxy.ProxySetup;
import org.vexor.node.run.HangupSignal;
import org.vexor.node.run.StopSignal;
import org.vexor.node.status.Components;
import org.vexor.packet.BackendReport;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PortException;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.RateSampler;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// `vexor proxy`: UDP and TCP through HTTP.
@Command(
    name = "proxy",
    description = {
      "Run a MASQUE proxy: UDP tunnels (CONNECT-UDP) and TCP tunnels (CONNECT) over HTTP/3 on UDP and"
          + " HTTP/2 and HTTP/1.1 on TCP, on one port number.",
      "Private, local and other special addresses are not served unless --allow names them.",
      "Runs until Ctrl-C or SIGTERM, or for --seconds; then prints what it counted.",
      ""
    },
    mixinStandardHelpOptions = true)
final class ProxyCommand implements Callable<Integer> {
  private static final long LOOK_NS = 200_000_000;
  private static final int LOOKS_A_SECOND = 5;

  @Mixin private ProxyOptionsMixin proxyOptions = new ProxyOptionsMixin();

  @Mixin private StatusOptions statusOptions = new StatusOptions();

  @Mixin private MetricsOption metricsOption = new MetricsOption();

  @Spec private CommandSpec spec;

  ProxyCommand() {}

  @Override
  public Integer call() throws UserException {
    PrintWriter out = spec.commandLine().getOut();
    if (System.getProperty("io.netty.leakDetection.level") == null) {
      // Netty follows one buffer in 128, which costs a few per cent of each datagram.
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
    try {
      ProxyConfig config = proxyOptions.config();
      Optional<AccessLogFile> log = accessLog(config, out);
      AccessLog records = log.isPresent() ? log.get() : AccessLog.NONE;
      // Anything wrong is said before a port is bound.
      var settings = ProxySetup.settings(config);
      var options = ProxySetup.options(config);
      var resolver = new SystemResolver(config.limits().lookUpTime(), config.limits().lookUps());
      try (MasqueProxy proxy = MasqueProxy.start(options, settings, resolver, records)) {
        serve(proxy, config, out);
        log.filter(lost -> lost.dropped() > 0)
            .ifPresent(lost -> print(out, "access log: " + lost.dropped() + " records dropped"));
      } finally {
        log.ifPresent(AccessLogFile::close);
      }
    } catch (ConfigException | PortException | IllegalStateException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
    return 0;
  }

  private static Optional<AccessLogFile> accessLog(ProxyConfig config, PrintWriter out)
      throws UserException {
    if (config.accessLog().isEmpty()) {
      return Optional.empty();
    }
    String file = config.accessLog().get();
    try {
      return Optional.of(
          file.equals("-") ? AccessLogFile.to(out) : AccessLogFile.append(Path.of(file)));
    } catch (IOException e) {
      throw new UserException("access log " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void serve(MasqueProxy proxy, ProxyConfig config, PrintWriter out) throws UserException {
    PacketEngine engine = proxy.sockets().all().getFirst().engine();
    var rates = new RateSampler(engine.counters(), System::nanoTime);
    var components = new Components();
    components.add(new ProxyRow(proxy));
    StopSignal stop = StopSignal.install(() -> {}, config.drain());
    var reload = new ProxyReload(proxy, config, proxyOptions::config, files(config));
    HangupSignal.on(reload::ask);
    PrintWriter messages = proxyOptions.json() ? spec.commandLine().getErr() : out;
    try (var _ = statusOptions.serve(components, () -> EngineStatus.of(engine, rates), messages);
        var _ = metricsOption.serve(new ProxyMetrics(() -> ProxyFigures.of(proxy)), messages)) {
      announce(proxy, config, out);
      long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(proxyOptions.seconds());
      for (int look = 1;
          !stop.isRequested() && (proxyOptions.seconds() == 0 || System.nanoTime() < endNs);
          look++) {
        LockSupport.parkNanos(LOOK_NS);
        if (look % LOOKS_A_SECOND == 0) {
          boolean _ = rates.sample();
          reload.look().ifPresent(line -> print(messages, line));
        }
      }
      drain(proxy, config.drain(), messages);
      last(proxy, out);
    } finally {
      stop.finished();
    }
  }

  private List<Path> files(ProxyConfig config) {
    var files = new ArrayList<Path>();
    config.auth().ifPresent(files::add);
    proxyOptions.file().ifPresent(files::add);
    return files;
  }

  private static void print(PrintWriter to, String line) {
    to.println(line);
    to.flush();
  }

  private void announce(MasqueProxy proxy, ProxyConfig config, PrintWriter out) {
    Endpoint listen = Endpoint.of(proxy.localAddress());
    String template = "https://" + listen + UriTemplate.DEFAULT_UDP_PATH;
    String ca = config.selfSigned().map(folder -> folder.resolve("ca.pem").toString()).orElse("");
    if (proxyOptions.json()) {
      ObjectNode node =
          JsonNodeFactory.instance
              .objectNode()
              .put("event", "start")
              .put("listen", listen.toString())
              .put("template", template)
              .put("ca", ca)
              .put("pid", ProcessHandle.current().pid());
      print(out, node.toString());
      return;
    }
    out.println("proxy on " + listen + ", UDP and TCP");
    out.println("  template      " + template);
    BackendReport packets = proxy.sockets().all().getFirst().engine().report();
    out.println("  packets       " + packets.backend().label() + ", " + packets.mode());
    if (!ca.isEmpty()) {
      out.println("  CA            " + ca);
    }
    out.println(
        "  clients       "
            + (proxy.settings().access().isOpen()
                ? "everybody on this host"
                : "those who prove who they are"));
    print(out, "  allowed       global addresses" + exceptions(proxy));
  }

  private static String exceptions(MasqueProxy proxy) {
    var allow = proxy.settings().policy().allow();
    return allow.isEmpty() ? "" : " and " + allow;
  }

  private static void drain(MasqueProxy proxy, Duration patience, PrintWriter messages) {
    int tunnels = proxy.gate().ledger().tunnels();
    if (tunnels > 0 && !patience.isZero()) {
      print(
          messages,
          "no more tunnels; " + tunnels + " may end within " + patience.toSeconds() + " s");
    }
    try {
      boolean _ = proxy.drain(patience);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void last(MasqueProxy proxy, PrintWriter out) {
    Map<String, Number> figures = ProxyFigures.of(proxy);
    if (proxyOptions.json()) {
      ObjectNode node = JsonNodeFactory.instance.objectNode().put("event", "summary");
      figures.forEach((name, value) -> node.put(name, value.longValue()));
      print(out, node.toString());
    } else {
      figures.forEach((name, value) -> out.println("  %-28s %s".formatted(name, value)));
      out.flush();
    }
  }
}
