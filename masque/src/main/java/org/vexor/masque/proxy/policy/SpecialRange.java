package org.vexor.masque.proxy.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.Endpoint;

/// Addresses that no proxy goes to unless it is told: not plain global unicast (IANA's
/// special-purpose registries, RFC 6890).
enum SpecialRange {
  UNSPECIFIED("this network", "0.0.0.0/8", "::/128"),
  LOOPBACK("loopback", "127.0.0.0/8", "::1/128"),
  PRIVATE("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10"),
  CARRIER("carrier-grade NAT", "100.64.0.0/10"),
  LINK_LOCAL("link-local", "169.254.0.0/16", "fe80::/10"),
  MULTICAST("multicast", "224.0.0.0/4", "ff00::/8"),
  RESERVED("reserved or broadcast", "240.0.0.0/4"),
  PROTOCOLS("protocol assignments", "192.0.0.0/24", "2001::/23", "192.88.99.0/24"),
  BENCHMARKING("benchmarking", "198.18.0.0/15", "2001:2::/48"),
  DOCUMENTATION(
      "documentation",
      "192.0.2.0/24",
      "198.51.100.0/24",
      "203.0.113.0/24",
      "2001:db8::/32",
      "3fff::/20"),
  DISCARD("discard-only", "100::/64"),
  LOCAL_TRANSLATION("local translation", "64:ff9b:1::/48"),
  COMPATIBLE("IPv4-compatible, deprecated", "::/96");

  /// What IPv6 addresses have been given out of (IANA): all else is nobody's.
  private static final Network GLOBAL_UNICAST = Network.parse("2000::/3");

  /// The well-known prefix of RFC 6052, whose addresses are judged by the IPv4 address in them.
  private static final Network TRANSLATION = Network.parse("64:ff9b::/96");

  /// Teredo lies among the protocol assignments, and is judged by the IPv4 addresses in it.
  private static final Network TEREDO = Network.parse("2001::/32");

  private final String words;

  @SuppressWarnings("ImmutableEnumChecker") // made by toList, never changed
  private final List<Network> networks;

  SpecialRange(String words, String... networks) {
    this.words = words;
    this.networks = Arrays.stream(networks).map(Network::parse).toList();
  }

  /// The name of the range that an address is in; empty for plain global unicast.
  static Optional<String> of(long high, long low) {
    boolean ipv4 = Endpoint.isIpv4(high, low);
    if (!ipv4 && (TEREDO.contains(high, low) || TRANSLATION.contains(high, low))) {
      return Optional.empty();
    }
    for (SpecialRange range : values()) {
      for (Network network : range.networks) {
        if (network.contains(high, low)) {
          return Optional.of(range.words);
        }
      }
    }
    return ipv4 || GLOBAL_UNICAST.contains(high, low)
        ? Optional.empty()
        : Optional.of("not global unicast");
  }
}
