package org.vexor.node.masque;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.node.config.Choice;
import org.vexor.node.config.ConfigException;
import org.vexor.node.config.TomlTable;
import org.vexor.quic.path.RoutePolicy;

/// What a node is told about its proxy, from wherever.
///
/// @param enabled whether there is one at all
/// @param host of the proxy; empty when nobody said
/// @param port of the proxy
/// @param ca PEM file of the authorities of its certificate
/// @param key its Ed25519 key, instead of any authority
/// @param auth credentials, as [ProxyAccess] takes them
/// @param http versions that may be used; empty for all
/// @param policy when the proxy is used, and what to do while it cannot be
/// @param echo something behind the proxy that sends back what it gets, to verify it by
public record MasqueConfig(
    boolean enabled,
    Optional<String> host,
    int port,
    Optional<Path> ca,
    Optional<String> key,
    Optional<String> auth,
    List<String> http,
    Policy policy,
    Optional<String> echo) {
  private static final int HTTPS_PORT = 443;

  private static final Set<String> KEYS =
      Set.of(
          "enabled",
          "proxy_host",
          "proxy_port",
          "ca",
          "proxy_key",
          "auth",
          "http",
          "policy",
          "echo");

  /// When nothing is said.
  public static final MasqueConfig DEFAULT =
      new MasqueConfig(
          false,
          Optional.empty(),
          HTTPS_PORT,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          List.of(),
          Policy.DIRECT,
          Optional.empty());

  /// When the proxy is used, and what to do while it cannot be.
  public enum Policy {
    /// Straight to others first; through the proxy to whom that fails, until it works again.
    DIRECT(RoutePolicy.TUNNEL_IF_DIRECT_FAILS),
    /// Both at once with a head start for the straight way; the first to come through is used.
    RACE(RoutePolicy.RACE),
    /// Do not start without it, and send nothing past it.
    REQUIRE(RoutePolicy.TUNNEL_ONLY);

    private final RoutePolicy routes;

    Policy(RoutePolicy routes) {
      this.routes = routes;
    }

    /// Which ways a connection may take.
    public RoutePolicy routes() {
      return routes;
    }

    /// The policy of this name.
    ///
    /// @throws ConfigException when there is none
    public static Policy of(String word) throws ConfigException {
      try {
        return Choice.of("masque policy", word, values(), Policy::word);
      } catch (IllegalArgumentException e) {
        throw new ConfigException(String.valueOf(e.getMessage()), e);
      }
    }

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public MasqueConfig {
    http = List.copyOf(http);
  }

  /// Table `[masque]` of a file, and the defaults for what it does not say.
  ///
  /// @throws ConfigException when something in it is wrong
  public static MasqueConfig read(Path file) throws ConfigException {
    TomlTable table = TomlTable.read(file).table("masque").onlyKnown(KEYS);
    Optional<String> policy = table.text("policy");
    return new MasqueConfig(
        table.flag("enabled").orElse(false),
        table.text("proxy_host"),
        (int) Math.min(Integer.MAX_VALUE, table.number("proxy_port").orElse((long) HTTPS_PORT)),
        table.text("ca").map(Path::of),
        table.text("proxy_key"),
        table.text("auth"),
        table.texts("http").orElse(List.of()),
        policy.isPresent() ? Policy.of(policy.get()) : DEFAULT.policy,
        table.text("echo"));
  }

  /// How the proxy is reached.
  ///
  /// @throws ConfigException when nobody said where it is, or what was said is no address
  public ProxyAccess access() throws ConfigException {
    String name =
        host.orElseThrow(
            () ->
                new ConfigException(
                    "say where the proxy is: --masque-proxy-host H --masque-proxy-port P, or"
                        + " proxy_host in [masque]"));
    if (port < 1 || port > 0xffff) {
      throw new ConfigException("the proxy's port " + port + " is not between 1 and 65535");
    }
    boolean bare = name.indexOf(':') >= 0 && !name.startsWith("[");
    return new ProxyAccess(
        (bare ? "[" + name + "]" : name) + ":" + port,
        ca,
        key,
        auth,
        Optional.empty(),
        Optional.empty(),
        http);
  }

  /// What to verify the proxy by, if anything.
  ///
  /// @throws ConfigException when it is not `HOST:PORT`
  public Optional<UdpTarget> echoTarget() throws ConfigException {
    try {
      return echo.map(UdpTarget::of);
    } catch (IllegalArgumentException e) {
      throw new ConfigException("masque echo: " + e.getMessage(), e);
    }
  }
}
