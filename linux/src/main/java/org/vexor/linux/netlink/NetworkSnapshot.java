package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What the kernel knew of the network when it was asked; see [NetworkReader].
///
/// Addresses are two longs in network order, IPv4 as `::ffff:a.b.c.d`. Immutable, for any thread;
/// the lookups allocate nothing and take no lock.
public final class NetworkSnapshot {
  /// What [#neighbourMac] and [#nextHopMac] give for a neighbour that is not known.
  public static final long UNKNOWN_MAC = -1;

  private static final int NO_TAG = 0;

  private final List<Link> links;
  private final List<Optional<Link>> linksInOrder;
  private final List<OwnAddress> addresses;
  private final AddressTable own;
  private final AddressTable macs;
  private final RoutingTables routing;

  NetworkSnapshot(
      List<Link> links,
      List<OwnAddress> addresses,
      RoutingTables routing,
      List<Neighbour> neighbours) {
    this.links = List.copyOf(links);
    this.linksInOrder = List.copyOf(links.stream().map(Optional::of).toList());
    this.addresses = List.copyOf(addresses);
    this.routing = routing;
    own = new AddressTable(addresses.size());
    for (OwnAddress address : addresses) {
      own.put(NO_TAG, address.high(), address.low(), address.interfaceIndex());
    }
    macs = new AddressTable(neighbours.size());
    for (Neighbour neighbour : neighbours) {
      if (neighbour.isUsable()) {
        macs.put(neighbour.interfaceIndex(), neighbour.high(), neighbour.low(), neighbour.mac());
      }
    }
  }

  /// Builds one of the parts, filling in what routes take from links and addresses.
  static NetworkSnapshot of(
      List<Link> links,
      List<OwnAddress> addresses,
      List<Rule> rules,
      List<RouteEntry> routes,
      List<Neighbour> neighbours) {
    Completion completion = new Completion(links, addresses);
    List<RouteEntry> whole = new ArrayList<>(routes.size());
    for (RouteEntry entry : routes) {
      whole.add(completion.complete(entry));
    }
    return new NetworkSnapshot(links, addresses, new RoutingTables(rules, whole), neighbours);
  }

  /// The same with other neighbours; this one when that changes no answer, as when an entry goes
  /// stale and is confirmed again.
  NetworkSnapshot withNeighbours(List<Neighbour> neighbours) {
    var other = new NetworkSnapshot(links, addresses, routing, neighbours);
    return macs.isSameAs(other.macs) ? this : other;
  }

  /// How packets to an address leave, as the kernel would decide for an unmarked, unbound socket of
  /// this process without type of service. No route is a route of kind [RouteKind#UNREACHABLE].
  /// Path MTUs that the kernel learned are not in it.
  public Route route(long high, long low) {
    return routing.route(high, low);
  }

  /// Whether policy rules leave every decision of a family to the kernel; then [#route] gives
  /// [RouteKind#POLICY] throughout.
  public boolean hasPolicyRules(boolean ipv4) {
    return routing.hasPolicy(ipv4);
  }

  /// The MAC address of a neighbour in the low 48 bits, first byte highest; [#UNKNOWN_MAC] when the
  /// kernel has none that may be used. See [NeighbourResolver].
  public long neighbourMac(int interfaceIndex, long high, long low) {
    return macs.get(interfaceIndex, high, low);
  }

  /// The MAC address to send to for a destination of `route`: its gateway's or its own; form as in
  /// [#neighbourMac].
  public long nextHopMac(Route route, long high, long low) {
    return route.hasGateway()
        ? neighbourMac(route.interfaceIndex(), route.gatewayHigh(), route.gatewayLow())
        : neighbourMac(route.interfaceIndex(), high, low);
  }

  /// Whether an address is set on one of this host's interfaces.
  public boolean isOwn(long high, long low) {
    return own.get(NO_TAG, high, low) != AddressTable.ABSENT;
  }

  /// The interface with an index.
  public Optional<Link> link(int index) {
    for (int i = 0; i < linksInOrder.size(); i++) {
      if (links.get(i).index() == index) {
        return linksInOrder.get(i);
      }
    }
    return Optional.empty();
  }

  /// The interface with a name.
  public Optional<Link> link(String name) {
    return links.stream().filter(link -> link.name().equals(name)).findFirst();
  }

  /// All interfaces.
  public List<Link> links() {
    return links;
  }

  /// All addresses of this host.
  public List<OwnAddress> addresses() {
    return addresses;
  }
}
