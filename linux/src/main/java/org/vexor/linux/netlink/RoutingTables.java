package org.vexor.linux.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.vexor.linux.socket.SocketAddress;

/// The routing tables of both families in the order in which the rules ask them.
final class RoutingTables {
  private static final Route UNREACHABLE = Route.without(RouteKind.UNREACHABLE);
  private static final Route LOCAL = Route.without(RouteKind.LOCAL);
  private static final Route MULTICAST = Route.without(RouteKind.MULTICAST);
  private static final Route BROADCAST = Route.without(RouteKind.BROADCAST);
  private static final Route POLICY = Route.without(RouteKind.POLICY);
  private static final Route THROW = Route.without(RouteKind.THROW);

  private final boolean policy4;
  private final boolean policy6;
  private final RouteTable[] tables4;
  private final RouteTable[] tables6;

  RoutingTables(List<Rule> rules, List<RouteEntry> entries) {
    policy4 = depends(rules, true);
    policy6 = depends(rules, false);
    tables4 = policy4 ? new RouteTable[0] : tables(rules, entries, true);
    tables6 = policy6 ? new RouteTable[0] : tables(rules, entries, false);
  }

  private static boolean depends(List<Rule> rules, boolean ipv4) {
    return rules.stream().anyMatch(r -> r.ipv4() == ipv4 && r.effect() == Rule.Effect.DEPENDS);
  }

  private static RouteTable[] tables(List<Rule> rules, List<RouteEntry> entries, boolean ipv4) {
    var byTable =
        entries.stream()
            .filter(entry -> entry.ipv4() == ipv4)
            .collect(Collectors.groupingBy(RouteEntry::table));
    List<RouteTable> tables = new ArrayList<>();
    for (Rule rule : rules) {
      List<RouteEntry> its = byTable.getOrDefault(rule.table(), List.of());
      if (rule.ipv4() == ipv4 && rule.effect() == Rule.Effect.ALWAYS && !its.isEmpty()) {
        tables.add(new RouteTable(its));
      }
    }
    return tables.toArray(RouteTable[]::new);
  }

  boolean hasPolicy(boolean ipv4) {
    return ipv4 ? policy4 : policy6;
  }

  Route route(long high, long low) {
    if (SocketAddress.isIpv4(high, low)) {
      int address = (int) low;
      if (address >>> 28 == 0xE) {
        return MULTICAST;
      }
      if (address == 0 || address == -1) {
        return address == 0 ? LOCAL : BROADCAST;
      }
      return policy4 ? POLICY : lookup(tables4, high, low);
    }
    if (high >>> 56 == 0xFF) {
      return MULTICAST;
    }
    if ((high | low) == 0) {
      return LOCAL;
    }
    return policy6 ? POLICY : lookup(tables6, high, low);
  }

  private static Route lookup(RouteTable[] tables, long high, long low) {
    for (RouteTable table : tables) {
      Route route = table.lookup(high, low, THROW);
      if (route.kind() != RouteKind.THROW) {
        return route;
      }
    }
    return UNREACHABLE;
  }
}
