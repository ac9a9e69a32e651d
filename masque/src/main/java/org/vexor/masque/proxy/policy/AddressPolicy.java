package org.vexor.masque.proxy.policy;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.vexor.packet.Endpoint;

/// Where clients may go. Immutable; a change of configuration makes another one.
public final class AddressPolicy {
  private static final Verdict ALLOWED = new Verdict.Allowed();

  private final List<Rule> allow;
  private final List<Rule> deny;
  private final Set<Endpoint> own;

  /// @param allow makes exceptions from what is denied by itself
  /// @param deny comes before all else
  /// @param own the proxy's addresses: services that trust their neighbours listen there
  public AddressPolicy(List<Rule> allow, List<Rule> deny, Set<InetAddress> own) {
    this.allow = List.copyOf(allow);
    this.deny = List.copyOf(deny);
    this.own = new HashSet<>();
    own.forEach(address -> this.own.add(Endpoint.of(address, 0)));
  }

  /// The addresses of this host's interfaces, now.
  ///
  /// @throws IllegalStateException when the system does not tell them; without them nothing is safe
  public static Set<InetAddress> ownAddresses() {
    try {
      var all = new HashSet<InetAddress>();
      NetworkInterface.networkInterfaces().forEach(each -> each.inetAddresses().forEach(all::add));
      return all;
    } catch (SocketException e) {
      throw new IllegalStateException("the addresses of this host cannot be listed", e);
    }
  }

  /// Judges a resolved address.
  public Verdict judge(InetAddress address, int port) {
    Endpoint target = Endpoint.of(address, port);
    Optional<String> denial = denial(target.high(), target.low(), port);
    return denial.<Verdict>map(Verdict.Denied::new).orElse(ALLOWED);
  }

  private Optional<String> denial(long high, long low, int port) {
    List<EmbeddedIpv4> embedded = EmbeddedIpv4.in(high, low);
    if (matches(deny, high, low, port)
        || embedded.stream().anyMatch(each -> matches(deny, 0, each.low(), port))) {
      return Optional.of("denied by configuration");
    }
    if (matches(allow, high, low, port)) {
      return Optional.empty();
    }
    Optional<String> range = special(high, low);
    for (EmbeddedIpv4 each : embedded) {
      if (range.isEmpty()) {
        range = special(0, each.low()).map(inner -> each.form() + " form of " + inner);
      }
    }
    return range;
  }

  private Optional<String> special(long high, long low) {
    Optional<String> range = SpecialRange.of(high, low);
    return range.isEmpty() && own.contains(new Endpoint(high, low, 0))
        ? Optional.of("the proxy's own")
        : range;
  }

  private static boolean matches(List<Rule> rules, long high, long low, int port) {
    for (Rule rule : rules) {
      if (rule.matches(high, low, port)) {
        return true;
      }
    }
    return false;
  }

  /// The rules of exceptions, for status pages.
  public List<Rule> allow() {
    return allow;
  }

  public List<Rule> deny() {
    return deny;
  }
}
