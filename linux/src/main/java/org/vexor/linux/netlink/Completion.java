package org.vexor.linux.netlink;

import java.util.Collection;
import java.util.Optional;
import org.vexor.linux.socket.SocketAddress;

/// Adds to a route what the kernel takes from elsewhere: the MTU of its link and the source address
/// when the route names none.
record Completion(Collection<Link> links, Collection<OwnAddress> addresses) {
  private static final int IFA_F_SECONDARY = 1;
  private static final int RT_SCOPE_UNIVERSE = 0;
  private static final int RT_SCOPE_LINK = 253;
  private static final long LINK_LOCAL = 0xFE80L << 48;
  private static final long LINK_LOCAL_MASK = 0xFFC0L << 48;

  RouteEntry complete(RouteEntry entry) {
    Route route = entry.route();
    if (route.kind() != RouteKind.UNICAST) {
      return entry;
    }
    int linkMtu =
        links.stream()
            .filter(link -> link.index() == route.interfaceIndex())
            .mapToInt(Link::mtu)
            .findFirst()
            .orElse(0);
    int mtu = route.mtuBytes() == 0 ? linkMtu : Math.min(route.mtuBytes(), linkMtu);
    Route whole = (entry.ipv4() ? withSource4(entry) : withSource6(entry)).withMtu(mtu);
    return new RouteEntry(
        entry.ipv4(),
        entry.table(),
        entry.high(),
        entry.low(),
        entry.prefix(),
        entry.metric(),
        whole);
  }

  /// As inet_select_addr does for one device: the first primary address of the gateway's subnet,
  /// else the first at all, of a scope that reaches as far as the route.
  private Route withSource4(RouteEntry entry) {
    Route route = entry.route();
    if (route.hasSource()) {
      return route;
    }
    boolean gateway4 = SocketAddress.isIpv4(route.gatewayHigh(), route.gatewayLow());
    int widest = route.hasGateway() ? RT_SCOPE_UNIVERSE : RT_SCOPE_LINK;
    Optional<OwnAddress> first = Optional.empty();
    for (OwnAddress own : addresses) {
      boolean fits =
          own.interfaceIndex() == route.interfaceIndex()
              && SocketAddress.isIpv4(own.high(), own.low())
              && (own.flags() & IFA_F_SECONDARY) == 0
              && own.scope() <= widest;
      long different = (own.low() ^ route.gatewayLow()) & RouteTable.lowMask(own.prefix() + 96);
      if (fits && gateway4 && different == 0) {
        return route.withSource(own.high(), own.low());
      }
      first = fits && first.isEmpty() ? Optional.of(own) : first;
    }
    return first.map(own -> route.withSource(own.high(), own.low())).orElse(route);
  }

  /// With one address to choose it is that; among several the kernel weighs the destination (RFC
  /// 6724), and the choice is left to it.
  private Route withSource6(RouteEntry entry) {
    Route route = entry.route();
    if (route.hasSource()) {
      return route;
    }
    boolean onLink = isLinkLocal(entry.high()) && entry.prefix() >= 10;
    Optional<OwnAddress> only = Optional.empty();
    for (OwnAddress own : addresses) {
      boolean fits =
          own.interfaceIndex() == route.interfaceIndex()
              && !SocketAddress.isIpv4(own.high(), own.low())
              && isLinkLocal(own.high()) == onLink
              && own.isPreferred();
      if (fits && only.isPresent()) {
        return route;
      }
      only = fits ? Optional.of(own) : only;
    }
    return only.map(own -> route.withSource(own.high(), own.low())).orElse(route);
  }

  private static boolean isLinkLocal(long high) {
    return (high & LINK_LOCAL_MASK) == LINK_LOCAL;
  }
}
