package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// One routing table of one family: the route of the longest prefix, by one hash lookup for each
/// prefix length that occurs, longest first.
final class RouteTable {
  private final AddressTable byPrefix;
  private final Route[] routes;
  private final int[] lengths;

  /// @param entries of one table and family, in the kernel's order
  RouteTable(List<RouteEntry> entries) {
    byPrefix = new AddressTable(entries.size());
    List<RouteEntry> best = new ArrayList<>();
    BitSet seen = new BitSet();
    for (RouteEntry entry : entries) {
      long high = entry.high() & highMask(entry.prefix());
      long low = entry.low() & lowMask(entry.prefix());
      int at = (int) byPrefix.get(entry.prefix(), high, low);
      if (at >= 0) {
        best.set(at, better(best.get(at), entry));
      } else {
        byPrefix.put(entry.prefix(), high, low, best.size());
        best.add(entry);
        seen.set(entry.prefix());
      }
    }
    routes = best.stream().map(RouteEntry::route).toArray(Route[]::new);
    int[] ascending = seen.stream().toArray();
    lengths = new int[ascending.length];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = ascending[lengths.length - 1 - i];
    }
  }

  /// The one that the kernel would take of two routes to the same prefix.
  private static RouteEntry better(RouteEntry first, RouteEntry second) {
    if (first.route().kind() == RouteKind.POLICY || second.route().kind() == RouteKind.POLICY) {
      return first.route().kind() == RouteKind.POLICY ? first : second;
    }
    int order = Integer.compareUnsigned(first.metric(), second.metric());
    boolean choice =
        order == 0
            && !first.ipv4()
            && first.route().kind() == RouteKind.UNICAST
            && second.route().kind() == RouteKind.UNICAST;
    if (choice) {
      // IPv6 weighs preference and reachability of routers with the same metric.
      return new RouteEntry(
          first.ipv4(),
          first.table(),
          first.high(),
          first.low(),
          first.prefix(),
          first.metric(),
          Route.without(RouteKind.MULTIPATH));
    }
    return order <= 0 ? first : second;
  }

  /// The route to an address; `otherwise` when there is none.
  Route lookup(long high, long low, Route otherwise) {
    for (int length : lengths) {
      long at = byPrefix.get(length, high & highMask(length), low & lowMask(length));
      if (at != AddressTable.ABSENT) {
        return routes[(int) at];
      }
    }
    return otherwise;
  }

  static long highMask(int prefix) {
    return prefix == 0 ? 0 : prefix >= 64 ? -1L : -1L << (64 - prefix);
  }

  static long lowMask(int prefix) {
    return prefix <= 64 ? 0 : -1L << (128 - prefix);
  }
}
