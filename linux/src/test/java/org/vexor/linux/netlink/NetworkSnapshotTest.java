package org.vexor.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class NetworkSnapshotTest {
  private static final long MAPPED = 0xFFFF_0000_0000L;
  private static final List<Rule> RULES =
      List.of(
          new Rule(true, 255, Rule.Effect.ALWAYS),
          new Rule(true, 52, Rule.Effect.NEVER),
          new Rule(true, 254, Rule.Effect.ALWAYS),
          new Rule(false, 255, Rule.Effect.ALWAYS),
          new Rule(false, 254, Rule.Effect.ALWAYS));
  private static final Link ETH = new Link(2, "eth0", 0x020000000001L, 1500, 0x43, 6, 1, 0, 0);

  private static long v4(int a, int b, int c, int d) {
    return MAPPED | (long) a << 24 | b << 16 | c << 8 | d;
  }

  private static RouteEntry entry(int table, long low, int prefix, int metric, Route route) {
    return new RouteEntry(true, table, 0, low, 96 + prefix, metric, route);
  }

  private static Route by(int oif, long gateway) {
    return new Route(RouteKind.UNICAST, oif, 0, gateway, 0, 0, 0);
  }

  private static NetworkSnapshot snapshot(List<Rule> rules, RouteEntry... routes) {
    List<OwnAddress> own =
        List.of(
            new OwnAddress(0, v4(10, 0, 0, 9), 32, 2, 0, 254),
            new OwnAddress(0, v4(10, 0, 0, 7), 24, 2, 1, 0),
            new OwnAddress(0, v4(172, 16, 0, 5), 24, 2, 0, 0),
            new OwnAddress(0, v4(10, 0, 0, 5), 24, 2, 0, 0));
    List<Neighbour> neighbours =
        List.of(
            new Neighbour(2, 0, v4(10, 0, 0, 1), 0xAAL, 2),
            new Neighbour(2, 0, v4(10, 0, 0, 2), 0xBBL, 4),
            new Neighbour(3, 0, v4(10, 0, 0, 2), 0xCCL, 0x80),
            new Neighbour(2, 0, v4(10, 0, 0, 3), 0xDDL, 0x20));
    return NetworkSnapshot.of(List.of(ETH), own, rules, List.of(routes), neighbours);
  }

  @Test
  void neighboursThatAnswerTheSameMakeNoOtherSnapshot() {
    NetworkSnapshot net = snapshot(RULES).withNeighbours(neighbours(2, 0xAAL, 2));
    assertSame(net, net.withNeighbours(neighbours(2, 0xAAL, 4)), "stale, still usable");
    assertNotSame(net, net.withNeighbours(neighbours(2, 0xAAL, 0x20)), "failed");
    assertNotSame(net, net.withNeighbours(neighbours(2, 0xABL, 2)), "another MAC");
    assertNotSame(net, net.withNeighbours(neighbours(3, 0xAAL, 2)), "another interface");
    assertNotSame(net, net.withNeighbours(List.of()), "gone");
  }

  private static List<Neighbour> neighbours(int interfaceIndex, long mac, int state) {
    return List.of(new Neighbour(interfaceIndex, 0, v4(10, 0, 0, 1), mac, state));
  }

  @Test
  void localTableComesBeforeLongerPrefixesOfMain() {
    NetworkSnapshot net =
        snapshot(
            RULES,
            entry(254, v4(10, 0, 0, 5), 32, 0, by(2, 0)),
            entry(255, v4(10, 0, 0, 0), 24, 0, Route.without(RouteKind.LOCAL)));
    assertEquals(RouteKind.LOCAL, net.route(0, v4(10, 0, 0, 5)).kind());
  }

  @Test
  void lowestMetricWinsAndTablesWithoutRuleAreIgnored() {
    NetworkSnapshot net =
        snapshot(
            RULES,
            entry(254, v4(0, 0, 0, 0), 0, -1, by(4, 0)),
            entry(254, v4(0, 0, 0, 0), 0, 100, by(2, v4(10, 0, 0, 1))),
            entry(52, v4(8, 0, 0, 0), 8, 0, by(5, 0)),
            entry(254, v4(9, 0, 0, 0), 8, 0, Route.without(RouteKind.THROW)));
    Route route = net.route(0, v4(8, 8, 8, 8));
    assertEquals(2, route.interfaceIndex());
    assertEquals(1500, route.mtuBytes());
    // the gateway's subnet chooses the source
    assertEquals(v4(10, 0, 0, 5), route.sourceLow());
    assertEquals(0xAA, net.nextHopMac(route, 0, v4(8, 8, 8, 8)));
    assertEquals(RouteKind.UNREACHABLE, net.route(0, v4(9, 9, 9, 9)).kind());
    assertEquals(RouteKind.UNREACHABLE, net.route(0x2001L << 48, 1).kind());
  }

  @Test
  void firstPrimaryAddressIsTheSourceOnTheLink() {
    NetworkSnapshot net = snapshot(RULES, entry(254, v4(10, 0, 0, 0), 24, 0, by(2, 0)));
    Route route = net.route(0, v4(10, 0, 0, 2));
    assertEquals(v4(172, 16, 0, 5), route.sourceLow());
    assertEquals(0xBB, net.nextHopMac(route, 0, v4(10, 0, 0, 2)));
    assertEquals(0xCC, net.neighbourMac(3, 0, v4(10, 0, 0, 2)));
    assertEquals(NetworkSnapshot.UNKNOWN_MAC, net.neighbourMac(2, 0, v4(10, 0, 0, 3)));
    assertEquals(NetworkSnapshot.UNKNOWN_MAC, net.neighbourMac(2, 0, v4(10, 0, 0, 4)));
    assertTrue(net.isOwn(0, v4(10, 0, 0, 7)));
    assertFalse(net.isOwn(0, v4(10, 0, 0, 1)));
    assertEquals(ETH, net.link(2).orElseThrow());
    assertEquals(ETH, net.link("eth0").orElseThrow());
    assertTrue(net.link(3).isEmpty());
  }

  @Test
  void severalIpv6SourcesAreLeftToTheKernel() {
    Route onEth = by(2, 0);
    RouteEntry global = new RouteEntry(false, 254, 0x2001L << 48, 0, 32, 0, onEth);
    RouteEntry linkLocal = new RouteEntry(false, 254, 0xFE80L << 48, 0, 64, 0, onEth);
    OwnAddress first = new OwnAddress(0x2001L << 48, 5, 64, 2, 0, 0);
    OwnAddress tentative = new OwnAddress(0x2001L << 48, 6, 64, 2, 0x40, 0);
    OwnAddress second = new OwnAddress(0xFDL << 56, 5, 64, 2, 0, 0);
    OwnAddress scoped = new OwnAddress(0xFE80L << 48, 5, 64, 2, 0, 253);
    List<RouteEntry> routes = List.of(global, linkLocal);
    List<Link> links = List.of(ETH);
    NetworkSnapshot one =
        NetworkSnapshot.of(links, List.of(first, tentative, scoped), RULES, routes, List.of());
    assertEquals(5, one.route(0x2001L << 48, 1).sourceLow());
    assertEquals(0xFE80L << 48, one.route(0xFE80L << 48, 1).sourceHigh());
    NetworkSnapshot two =
        NetworkSnapshot.of(links, List.of(first, second, scoped), RULES, routes, List.of());
    assertFalse(two.route(0x2001L << 48, 1).hasSource());
  }

  @Test
  void equalIpv6RoutesAreLeftToTheKernel() {
    NetworkSnapshot net =
        snapshot(
            RULES,
            new RouteEntry(false, 254, 0, 0, 0, 1024, by(2, 1)),
            new RouteEntry(false, 254, 0, 0, 0, 1024, by(3, 1)));
    assertEquals(RouteKind.MULTIPATH, net.route(0x2001L << 48, 1).kind());
    // mapped addresses are no IPv6 destinations
    assertEquals(RouteKind.UNREACHABLE, net.route(0, v4(1, 1, 1, 1)).kind());
  }

  @Test
  void ruleThatMayConcernUsLeavesItsFamilyToTheKernel() {
    List<Rule> rules = new ArrayList<>(RULES);
    rules.add(new Rule(true, 100, Rule.Effect.DEPENDS));
    NetworkSnapshot net =
        snapshot(
            rules,
            entry(254, v4(0, 0, 0, 0), 0, 0, by(2, 0)),
            new RouteEntry(false, 254, 0, 0, 0, 1024, by(2, 1)));
    assertTrue(net.hasPolicyRules(true));
    assertFalse(net.hasPolicyRules(false));
    assertEquals(RouteKind.POLICY, net.route(0, v4(1, 1, 1, 1)).kind());
    assertEquals(RouteKind.UNICAST, net.route(0x2001L << 48, 1).kind());
  }

  @Test
  void groupsAndSpecialAddressesNeedNoRoute() {
    NetworkSnapshot net = snapshot(RULES, entry(254, v4(0, 0, 0, 0), 0, 0, by(2, 0)));
    assertEquals(RouteKind.MULTICAST, net.route(0, v4(224, 0, 0, 1)).kind());
    assertEquals(RouteKind.MULTICAST, net.route(0, v4(239, 255, 255, 255)).kind());
    assertEquals(RouteKind.UNICAST, net.route(0, v4(240, 0, 0, 1)).kind());
    assertEquals(RouteKind.BROADCAST, net.route(0, v4(255, 255, 255, 255)).kind());
    assertEquals(RouteKind.LOCAL, net.route(0, v4(0, 0, 0, 0)).kind());
    assertEquals(RouteKind.MULTICAST, net.route(0xFF02L << 48, 1).kind());
    assertEquals(RouteKind.LOCAL, net.route(0, 0).kind());
  }

  @Property(tries = 100)
  void longestPrefixIsFoundAsByTryingAll(@ForAll long seed, @ForAll boolean ipv4) {
    Random random = new Random(seed);
    List<RouteEntry> entries = new ArrayList<>();
    for (int i = 0; i < random.nextInt(60); i++) {
      // few distinct bits, so that prefixes nest
      long high = ipv4 ? 0 : 0x2000L << 48 | random.nextInt(4);
      long low = ipv4 ? MAPPED | 0x0A000000L | random.nextInt(16) << 8 : random.nextInt(16) << 8;
      int prefix = ipv4 ? 96 + random.nextInt(33) : random.nextInt(129);
      entries.add(new RouteEntry(ipv4, 254, high, low, prefix, i, by(i + 1, 0)));
    }
    RouteTable table = new RouteTable(entries);
    Route none = Route.without(RouteKind.UNREACHABLE);
    for (int i = 0; i < 50; i++) {
      long high = ipv4 ? 0 : 0x2000L << 48 | random.nextInt(5);
      long low = ipv4 ? MAPPED | 0x0A000000L | random.nextInt(0x1200) : random.nextInt(0x1200);
      Route best = none;
      int length = -1;
      for (RouteEntry entry : entries) {
        boolean fits =
            same(entry.high(), high, Math.min(entry.prefix(), 64))
                && same(entry.low(), low, Math.max(entry.prefix() - 64, 0));
        if (fits && entry.prefix() > length) {
          best = entry.route();
          length = entry.prefix();
        }
      }
      assertEquals(best, table.lookup(high, low, none));
    }
  }

  private static boolean same(long a, long b, int bits) {
    return bits == 0 || (a ^ b) >>> (64 - bits) == 0;
  }

  @Test
  void lookupsAllocateNothing() {
    NetworkSnapshot net =
        snapshot(
            RULES,
            entry(254, v4(0, 0, 0, 0), 0, 0, by(2, v4(10, 0, 0, 1))),
            entry(254, v4(10, 0, 0, 0), 24, 0, by(2, 0)));
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long sum = lookups(net, 1_000);
    long before = threads.getCurrentThreadAllocatedBytes();
    sum += lookups(net, 10_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(sum != 0);
    // the bean itself may allocate a little; one object per lookup would be over 160 kB
    assertTrue(allocated < 4_096, allocated + " bytes");
  }

  private static long lookups(NetworkSnapshot net, int count) {
    long sum = 0;
    for (int i = 0; i < count; i++) {
      long low = v4(i & 0xFF, 0, 0, i >>> 8 & 0xFF);
      Route route = net.route(0, low);
      sum += route.mtuBytes() + net.nextHopMac(route, 0, low);
      sum += net.isOwn(0, low) ? 1 : 0;
      sum += net.link(route.interfaceIndex()).isPresent() ? 1 : 0;
    }
    return sum;
  }
}
