package org.vexor.node.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.vexor.node.config.ConfigException;
import org.vexor.node.masque.MasqueConfig;
import org.vexor.node.masque.MasqueNode;
import org.vexor.node.masque.ProxyUse;
import org.vexor.node.masque.ProxyVerdict;
import org.vexor.node.route.WayOut;
import org.vexor.packet.PortException;
import picocli.CommandLine.Option;

/// The proxy of what sends; each option goes before what the file says.
final class MasqueOptions {
  /// A handshake's own patience, and time for the verification after it.
  private static final Duration PATIENCE = Duration.ofSeconds(6);

  @Option(
      names = "--enable-masque",
      description = "send through a MASQUE proxy where that is needed (default: no)")
  private boolean enabled;

  @Option(names = "--masque-proxy-host", paramLabel = "H", description = "the proxy's name")
  private @Nullable String host;

  @Option(
      names = "--masque-proxy-port",
      paramLabel = "P",
      description = "its port, of UDP and TCP (default 443)")
  private @Nullable Integer port;

  @Option(
      names = "--masque-ca",
      paramLabel = "F",
      description = "PEM file: authorities of the proxy's certificate (default: the JVM's)")
  private @Nullable Path ca;

  @Option(
      names = "--masque-proxy-key",
      paramLabel = "HEX",
      description = "instead: the Ed25519 key of the proxy's certificate, and no authority")
  private @Nullable String key;

  @Option(
      names = "--masque-auth",
      paramLabel = "F|NAME:PASSWORD",
      description =
          "what the proxy knows you by: a file with 'basic NAME PASSWORD' or 'bearer NAME TOKEN', or"
              + " NAME:PASSWORD, or bearer:TOKEN")
  private @Nullable String auth;

  @Option(
      names = "--masque-policy",
      paramLabel = "direct|race|require",
      description =
          "direct: straight to others, through the proxy to whom that fails, and back when it works"
              + " again; race: both at once with a head start for the straight way; require: do not"
              + " start without the proxy and send nothing past it (default direct)")
  private @Nullable String policy;

  @Option(
      names = "--masque-echo",
      paramLabel = "HOST:PORT",
      description = "verify the proxy by something behind it that sends back what it gets")
  private @Nullable String echo;

  @Option(
      names = "--config",
      paramLabel = "F",
      description = "a TOML file with table [masque], for these options")
  private @Nullable Path file;

  /// The file, with the command line laid over it.
  private MasqueConfig config() throws ConfigException {
    MasqueConfig base = file == null ? MasqueConfig.DEFAULT : MasqueConfig.read(file);
    return new MasqueConfig(
        enabled || base.enabled(),
        over(host, base.host()),
        port == null ? base.port() : port,
        over(ca, base.ca()),
        over(key, base.key()),
        over(auth, base.auth()),
        base.http(),
        policy == null ? base.policy() : MasqueConfig.Policy.of(policy),
        over(echo, base.echo()));
  }

  private static <T> Optional<T> over(@Nullable T own, Optional<T> base) {
    return own == null ? base : Optional.of(own);
  }

  /// The ways out of a command, and the proxy that belongs to them.
  record Outward(WayOut way, Optional<ProxyUse> proxy) implements AutoCloseable {
    @Override
    public void close() {
      proxy.ifPresent(ProxyUse::close);
    }
  }

  /// For a command that sends at once: waits until it is known whether the proxy can be used.
  ///
  /// @throws UserException when something is wrong, or the proxy is required and cannot be used
  Outward open(PrintWriter messages) throws UserException {
    Optional<ProxyUse> proxy = start(messages);
    proxy.ifPresent(
        use -> {
          ProxyVerdict _ = use.node().awaitVerdict(PATIENCE);
        });
    return new Outward(proxy.map(ProxyUse::way).orElse(WayOut.DIRECT), proxy);
  }

  /// Starts it, if asked to; then it says each change in one line.
  ///
  /// @throws UserException when something is wrong, or the proxy is required and cannot be used
  Optional<ProxyUse> start(PrintWriter messages) throws UserException {
    Optional<MasqueConfig> config = wanted();
    return config.isEmpty() ? Optional.empty() : Optional.of(start(config.get(), messages));
  }

  /// What is asked for; empty where no proxy is.
  ///
  /// @throws UserException when something is wrong
  Optional<MasqueConfig> wanted() throws UserException {
    try {
      return Optional.of(config()).filter(MasqueConfig::enabled);
    } catch (ConfigException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Starts it; then it says each change in one line.
  ///
  /// @throws UserException when something is wrong, or the proxy is required and cannot be used
  static ProxyUse start(MasqueConfig config, PrintWriter messages) throws UserException {
    try {
      return connect(config, messages);
    } catch (ConfigException | PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private static ProxyUse connect(MasqueConfig config, PrintWriter messages)
      throws ConfigException, UserException {
    boolean required = config.policy() == MasqueConfig.Policy.REQUIRE;
    var starting = new AtomicBoolean(required);
    Consumer<String> lines =
        line -> {
          messages.println(line);
          messages.flush();
        };
    MasqueNode node =
        MasqueNode.start(
            config,
            (verdict, line) -> {
              // One that is required and fails at once is told of by the exception.
              if (verdict.isUsable() || !starting.get()) {
                lines.accept(line);
              }
            });
    if (required) {
      ProxyVerdict verdict = node.awaitVerdict(PATIENCE);
      if (!verdict.isUsable()) {
        node.close();
        throw new UserException("the MASQUE proxy is required, and " + verdict);
      }
    }
    starting.set(false);
    return new ProxyUse(node, lines);
  }
}
