package org.vexor.node.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.node.config.ConfigException;
import org.vexor.node.proxy.ProxyConfig;
import picocli.CommandLine.Option;

/// The options of `vexor proxy`; each goes before what the file says.
final class ProxyOptionsMixin {
  @Option(
      names = "--listen",
      paramLabel = "ADDR:PORT",
      description = "where clients come; other than loopback addresses need --auth or --client-ca")
  private @Nullable String listen;

  @Option(
      names = "--cert",
      paramLabel = "F",
      description = "PEM file: the proxy's certificate and those up to its authority")
  private @Nullable Path cert;

  @Option(names = "--key", paramLabel = "F", description = "PEM file: its private key (PKCS#8)")
  private @Nullable Path key;

  @Option(
      names = "--self-signed",
      paramLabel = "FOLDER",
      description = "instead: a certificate of its own making; clients need FOLDER/ca.pem")
  private @Nullable Path selfSigned;

  @Option(
      names = "--auth",
      paramLabel = "F",
      description =
          "who may come, a line each: basic NAME PASSWORD, bearer NAME TOKEN (or sha256:HEX instead"
              + " of the secret), key NAME HEX of an Ed25519 key that the client's certificate has;"
              + " read again when it changes")
  private @Nullable Path auth;

  @Option(
      names = "--client-ca",
      paramLabel = "F",
      description = "PEM file: clients with a certificate of these authorities may come")
  private @Nullable Path clientCa;

  @Option(
      names = "--allow",
      paramLabel = "CIDR[:PORTS]",
      description =
          "targets to serve though they are special: 127.0.0.0/8, 10.0.0.0/8:53,8000-8999,"
              + " [fd00::/8]:443; may be given more than once")
  private List<String> allow = List.of();

  @Option(
      names = "--deny",
      paramLabel = "CIDR[:PORTS]",
      description = "targets never to serve: 8.8.0.0/16, *:25; may be given more than once")
  private List<String> deny = List.of();

  @Option(names = "--udp", description = "UDP tunnels only, unless --tcp is given too")
  private boolean udp;

  @Option(names = "--tcp", description = "TCP tunnels only, unless --udp is given too")
  private boolean tcp;

  @Option(names = "--cores", paramLabel = "N", description = "event loops for packets (default: 1)")
  private @Nullable Integer cores;

  @Option(
      names = "--backend",
      paramLabel = "B",
      description =
          "what moves the packets of HTTP/3: udp, io_uring, af_xdp (one core), or auto for the best"
              + " that works here (default: udp)")
  private @Nullable String backend;

  @Option(
      names = "--interface",
      paramLabel = "IF",
      description = "network interface for AF_XDP (default: the one that --listen is on)")
  private @Nullable String networkInterface;

  @Option(
      names = "--access-log",
      paramLabel = "F",
      description = "a JSON line for each request that is over; - for standard output")
  private @Nullable String accessLog;

  @Option(names = "--log-targets", description = "let the access log name targets")
  private boolean logTargets;

  @Option(
      names = "--config",
      paramLabel = "F",
      description =
          "a TOML file with table [proxy], for these options and limits; read again when it changes"
              + " and on SIGHUP")
  private @Nullable Path file;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "0",
      description = "how long to run (default: until it is stopped)")
  private int seconds;

  @Option(names = "--json", description = "start and summary as JSON objects, a line each")
  private boolean json;

  int seconds() {
    return seconds;
  }

  boolean json() {
    return json;
  }

  Optional<Path> file() {
    return Optional.ofNullable(file);
  }

  /// The file read now, with the command line laid over it.
  ProxyConfig config() throws ConfigException {
    ProxyConfig base = file == null ? ProxyConfig.DEFAULT : ProxyConfig.read(file);
    try {
      return new ProxyConfig(
          over(listen, base.listen()),
          over(cert, base.cert()),
          over(key, base.key()),
          over(selfSigned, base.selfSigned()),
          over(auth, base.auth()),
          over(clientCa, base.clientCa()),
          allow.isEmpty() ? base.allow() : allow.stream().map(Rule::parse).toList(),
          deny.isEmpty() ? base.deny() : deny.stream().map(Rule::parse).toList(),
          transports(base.transports()),
          base.templates(),
          base.name(),
          cores == null ? base.cores() : cores,
          backend == null ? base.backend() : ProxyConfig.backend(backend),
          over(networkInterface, base.networkInterface()),
          base.packetBytes(),
          over(accessLog, base.accessLog()),
          logTargets || base.logTargets(),
          base.drain(),
          base.limits());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  private static <T> Optional<T> over(@Nullable T own, Optional<T> base) {
    return own == null ? base : Optional.of(own);
  }

  private Set<Transport> transports(Set<Transport> base) {
    var chosen = new HashSet<Transport>();
    if (udp) {
      chosen.add(Transport.UDP);
    }
    if (tcp) {
      chosen.add(Transport.TCP);
    }
    return chosen.isEmpty() ? base : chosen;
  }
}
