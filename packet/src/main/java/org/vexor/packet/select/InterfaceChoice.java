package org.vexor.packet.select;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;
import org.vexor.linux.netlink.OwnAddress;
import org.vexor.linux.netlink.Route;
import org.vexor.linux.netlink.RouteKind;
import org.vexor.packet.Endpoint;

/// Which device AF_XDP would work on: the one that was named, or the only one that can be meant.
sealed interface InterfaceChoice {
  /// That one.
  ///
  /// @param why how it was found, for reports
  record Chosen(Link link, String why) implements InterfaceChoice {}

  /// None can be used, or told from the others.
  record None(String outcome, String remedy) implements InterfaceChoice {}

  /// Any address of the public Internet tells where the default route leads; these are of none of
  /// its hosts that a route of its own could exist for (RFC 5737, RFC 3849).
  Endpoint SOMEWHERE_V4 = Endpoint.parse("192.0.2.1:9");

  Endpoint SOMEWHERE_V6 = Endpoint.parse("[2001:db8::1]:9");

  /// Decides by what the kernel says of its links, addresses and routes. A device is guessed only
  /// where there is one answer.
  static InterfaceChoice of(NetworkSnapshot network, Endpoint bind, Optional<String> named) {
    Endpoint somewhere = bind.isIpv4() ? SOMEWHERE_V4 : SOMEWHERE_V6;
    Route route = network.route(somewhere.high(), somewhere.low());
    Optional<Link> byDefault =
        route.kind() == RouteKind.UNICAST ? network.link(route.interfaceIndex()) : Optional.empty();
    return of(network.links(), network.addresses(), byDefault, bind, named);
  }

  /// The same from its parts.
  ///
  /// @param byDefault the link of the default route of the address's family
  static InterfaceChoice of(
      List<Link> links,
      List<OwnAddress> addresses,
      Optional<Link> byDefault,
      Endpoint bind,
      Optional<String> named) {
    if (named.isPresent()) {
      return byName(links, named.get());
    }
    return bind.isAnyLocal()
        ? byDefaultRoute(links, byDefault, bind)
        : byAddress(links, addresses, bind);
  }

  private static InterfaceChoice byName(List<Link> links, String name) {
    for (Link link : links) {
      if (link.name().equals(name)) {
        return new Chosen(link, "asked for");
      }
    }
    return new None("there is no interface " + name, "name one that exists: " + names(links));
  }

  private static InterfaceChoice byAddress(
      List<Link> links, List<OwnAddress> addresses, Endpoint bind) {
    String host = bind.address().getHostAddress();
    // On Linux all of 127.0.0.0/8 is this host.
    if (bind.address().isLoopbackAddress()) {
      return new None(
          host + " is a loopback address: its packets reach no network device",
          "bind an address of the interface that the packets come by");
    }
    for (OwnAddress address : addresses) {
      if (address.high() == bind.high() && address.low() == bind.low()) {
        for (Link link : links) {
          if (link.index() == address.interfaceIndex()) {
            return fit(link, "it has the address " + host);
          }
        }
      }
    }
    return new None(
        "no interface has the address " + host, "bind an address that 'ip address' lists");
  }

  private static InterfaceChoice byDefaultRoute(
      List<Link> links, Optional<Link> byDefault, Endpoint bind) {
    if (byDefault.isPresent()) {
      return fit(byDefault.get(), "the default route leaves by it");
    }
    List<Link> able = links.stream().filter(one -> isEthernet(one) && one.isRunning()).toList();
    if (able.size() == 1) {
      return fit(able.getFirst(), "no other is up");
    }
    return new None(
        "the port is bound to all addresses, and there is no default "
            + (bind.isIpv4() ? "IPv4" : "IPv6")
            + " route that tells the interface",
        able.isEmpty()
            ? "set an interface up: ip link set dev IF up"
            : "name one with --interface: " + names(able));
  }

  private static InterfaceChoice fit(Link link, String why) {
    if (link.isLoopback()) {
      return new None("loopback interface " + link.name() + ": its packets reach no device", "");
    }
    if (!isEthernet(link)) {
      return new None(
          "interface " + link.name() + " (" + why + ") is no Ethernet device",
          "bind an address of an Ethernet interface");
    }
    return new Chosen(link, why);
  }

  private static boolean isEthernet(Link link) {
    return !link.isLoopback() && link.mac() >= 0;
  }

  private static String names(List<Link> links) {
    return links.stream().map(Link::name).collect(Collectors.joining(", "));
  }
}
