package org.vexor.node.proxy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.node.config.Choice;
import org.vexor.node.config.ConfigException;
import org.vexor.node.config.TomlTable;
import org.vexor.packet.select.Wanted;

/// What a proxy is told, from wherever.
///
/// @param listen `ADDR:PORT`; empty when nobody said
/// @param cert PEM file of its certificates
/// @param key PEM file of its private key
/// @param selfSigned folder of a certificate of its own making
/// @param auth file of credentials
/// @param clientCa PEM file of the authorities of clients' certificates
/// @param allow exceptions from what is denied
/// @param deny what comes before all else
/// @param transports of tunnels
/// @param templates paths of CONNECT-UDP, besides the default
/// @param name by which it speaks of itself
/// @param cores event loops for packets
/// @param backend what moves the packets of HTTP/3
/// @param networkInterface for AF_XDP; empty for the one of the address
/// @param packetBytes largest QUIC packet sent
/// @param accessLog file, or `-` for standard output
/// @param logTargets whether the access log names them
/// @param drain how long tunnels may go on after SIGTERM
public record ProxyConfig(
    Optional<String> listen,
    Optional<Path> cert,
    Optional<Path> key,
    Optional<Path> selfSigned,
    Optional<Path> auth,
    Optional<Path> clientCa,
    List<Rule> allow,
    List<Rule> deny,
    Set<Transport> transports,
    List<String> templates,
    String name,
    int cores,
    Wanted backend,
    Optional<String> networkInterface,
    int packetBytes,
    Optional<String> accessLog,
    boolean logTargets,
    Duration drain,
    ProxyLimits limits) {
  private static final Set<String> KEYS =
      Set.of(
          "listen",
          "cert",
          "key",
          "self_signed",
          "auth",
          "client_ca",
          "allow",
          "deny",
          "transports",
          "templates",
          "name",
          "cores",
          "backend",
          "interface",
          "packet_bytes",
          "access_log",
          "log_targets",
          "drain_seconds",
          "limits");

  private static final Set<String> LIMITS =
      Set.of(
          "tunnels",
          "tunnels_per_client",
          "streams_per_connection",
          "connections",
          "connections_per_address",
          "datagrams_per_second",
          "bytes_per_second",
          "unanswered",
          "early_datagrams",
          "look_ups",
          "look_up_seconds",
          "connect_seconds",
          "silence_seconds",
          "idle_seconds");

  /// When nothing is said.
  public static final ProxyConfig DEFAULT =
      new ProxyConfig(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          List.of(),
          Set.of(Transport.UDP, Transport.TCP),
          List.of(),
          "vexor",
          1,
          Wanted.UDP,
          Optional.empty(),
          ProxyOptions.PACKET_BYTES,
          Optional.empty(),
          false,
          Duration.ZERO,
          ProxyLimits.DEFAULT);

  public ProxyConfig {
    allow = List.copyOf(allow);
    deny = List.copyOf(deny);
    transports = Set.copyOf(transports);
    templates = List.copyOf(templates);
  }

  /// Table `[proxy]` of a file, and the defaults for what it does not say.
  ///
  /// @throws ConfigException when something in it is wrong
  public static ProxyConfig read(Path file) throws ConfigException {
    TomlTable table = TomlTable.read(file).table("proxy").onlyKnown(KEYS);
    try {
      return new ProxyConfig(
          table.text("listen"),
          table.text("cert").map(Path::of),
          table.text("key").map(Path::of),
          table.text("self_signed").map(Path::of),
          table.text("auth").map(Path::of),
          table.text("client_ca").map(Path::of),
          rules(table.texts("allow")),
          rules(table.texts("deny")),
          transports(table.texts("transports")),
          table.texts("templates").orElse(List.of()),
          table.text("name").orElse(DEFAULT.name),
          Math.toIntExact(table.number("cores").orElse((long) DEFAULT.cores)),
          table.text("backend").map(ProxyConfig::backend).orElse(DEFAULT.backend),
          table.text("interface"),
          Math.toIntExact(table.number("packet_bytes").orElse((long) DEFAULT.packetBytes)),
          table.text("access_log"),
          table.flag("log_targets").orElse(false),
          table.seconds("drain_seconds").orElse(DEFAULT.drain),
          limits(table.table("limits").onlyKnown(LIMITS)));
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new ConfigException(file + ": " + e.getMessage(), e);
    }
  }

  /// What differs from `other` and takes a restart, by its names in the file.
  List<String> fixedChanges(ProxyConfig other) {
    var changes = new ArrayList<String>();
    Map<String, Boolean> same =
        Map.ofEntries(
            Map.entry("listen", listen.equals(other.listen)),
            Map.entry("cert", cert.equals(other.cert) && key.equals(other.key)),
            Map.entry("self_signed", selfSigned.equals(other.selfSigned)),
            Map.entry("client_ca", clientCa.equals(other.clientCa)),
            Map.entry("name", name.equals(other.name)),
            Map.entry("cores", cores == other.cores),
            Map.entry("backend", backend == other.backend),
            Map.entry("interface", networkInterface.equals(other.networkInterface)),
            Map.entry("packet_bytes", packetBytes == other.packetBytes),
            Map.entry("access_log", accessLog.equals(other.accessLog)),
            Map.entry("drain_seconds", drain.equals(other.drain)),
            Map.entry("limits of connections and look-ups", sameFixed(limits, other.limits)));
    same.forEach(
        (what, unchanged) -> {
          if (!unchanged) {
            changes.add(what);
          }
        });
    Collections.sort(changes);
    return changes;
  }

  private static boolean sameFixed(ProxyLimits one, ProxyLimits other) {
    return one.streamsPerConnection() == other.streamsPerConnection()
        && one.connections() == other.connections()
        && one.connectionsPerAddress() == other.connectionsPerAddress()
        && one.lookUps() == other.lookUps()
        && one.lookUpTime().equals(other.lookUpTime());
  }

  /// Rules as on the command line.
  static List<Rule> rules(Optional<List<String>> texts) {
    return texts.orElse(List.of()).stream().map(Rule::parse).toList();
  }

  /// Its word, as on the command line.
  ///
  /// @throws IllegalArgumentException when it is the word of none
  public static Wanted backend(String word) {
    return Choice.of("backend", word, Wanted.values(), Wanted::word);
  }

  private static Set<Transport> transports(Optional<List<String>> words) {
    if (words.isEmpty()) {
      return DEFAULT.transports;
    }
    var chosen = new HashSet<Transport>();
    for (String word : words.get()) {
      chosen.add(
          switch (word) {
            case "udp" -> Transport.UDP;
            case "tcp" -> Transport.TCP;
            default ->
                throw new IllegalArgumentException(
                    "proxy.transports: '" + word + "' is neither udp nor tcp");
          });
    }
    return chosen;
  }

  private static ProxyLimits limits(TomlTable table) throws ConfigException {
    ProxyLimits own = ProxyLimits.DEFAULT;
    return new ProxyLimits(
        number(table, "tunnels", own.tunnels()),
        number(table, "tunnels_per_client", own.tunnelsPerClient()),
        number(table, "streams_per_connection", own.streamsPerConnection()),
        number(table, "connections", own.connections()),
        number(table, "connections_per_address", own.connectionsPerAddress()),
        table.number("datagrams_per_second").orElse(own.datagramsPerSecond()),
        table.number("bytes_per_second").orElse(own.bytesPerSecond()),
        number(table, "unanswered", own.unanswered()),
        number(table, "early_datagrams", own.earlyDatagrams()),
        number(table, "look_ups", own.lookUps()),
        table.seconds("look_up_seconds").orElse(own.lookUpTime()),
        table.seconds("connect_seconds").orElse(own.connectTime()),
        table.seconds("silence_seconds").orElse(own.silenceTime()),
        table.seconds("idle_seconds").orElse(own.idleTime()));
  }

  private static int number(TomlTable table, String key, int otherwise) throws ConfigException {
    return Math.toIntExact(table.number(key).orElse((long) otherwise));
  }
}
