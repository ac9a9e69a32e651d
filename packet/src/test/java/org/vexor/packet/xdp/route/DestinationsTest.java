package org.vexor.packet.xdp.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.vexor.linux.netlink.NetworkReader;
import org.vexor.linux.netlink.NetworkSnapshot;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.Endpoint;
import org.vexor.packet.xdp.header.FrameHeader;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// Which destinations frames are built for, by what a kernel says of its network.
@RequiresRoot
final class DestinationsTest {
  @Test
  void framesGoOnlyWhereRouteSourceNeighbourAndSizeAreKnown() {
    try (VirtualHosts hosts = VirtualHosts.create("packet-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open()) {
      String right = hosts.right().ipv4();
      hosts.left().ip("route", "add", "default", "via", right);
      hosts.left().ip("route", "add", "192.0.2.0/24", "via", right, "mtu", "1000");
      hosts.left().ip("route", "add", "blackhole", "198.51.100.0/24");
      Destinations destinations = destinations(reader);
      assertFalse(takes(destinations, right, 10), "neighbour unknown");
      assertFalse(takes(destinations, "203.0.113.7", 10), "gateway unknown");

      String mac = hosts.right().run("cat", "/sys/class/net/v0/address").strip();
      for (String to : new String[] {right, hosts.right().ipv6()}) {
        hosts.left().ip("neigh", "replace", to, "lladdr", mac, "dev", "v0", "nud", "reachable");
      }
      NetworkSnapshot network = reader.read();
      destinations.use(network, network.link("v0").orElseThrow());
      assertTrue(takes(destinations, right, 1472));
      assertFalse(takes(destinations, right, 1473), "over the MTU");
      assertTrue(takes(destinations, hosts.right().ipv6(), 1452));
      assertFalse(takes(destinations, hosts.right().ipv6(), 1453), "over the MTU of IPv6");
      assertTrue(takes(destinations, "203.0.113.7", 1472), "by the gateway");
      assertTrue(takes(destinations, "192.0.2.7", 972));
      assertFalse(takes(destinations, "192.0.2.7", 973), "over the MTU of the route");
      String[] kernels = {
        hosts.left().ipv4(),
        "127.0.0.1",
        "10.77.0.255",
        "255.255.255.255",
        "224.0.0.1",
        "198.51.100.1",
        "0.0.0.0",
        "10.77.0.3"
      };
      for (String to : kernels) {
        assertFalse(takes(destinations, to, 10), to);
      }
    }
  }

  @Test
  void nextHopsInUseAreToldOnceAndAcrossSnapshots() {
    try (VirtualHosts hosts = VirtualHosts.create("packet-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open()) {
      Endpoint right = endpoint(hosts.right().ipv4());
      hosts.left().run("ping", "-c", "1", "-W", "5", hosts.right().ipv4());
      hosts.left().ip("route", "add", "default", "via", hosts.right().ipv4());
      Destinations destinations = destinations(reader);
      long[] hops = new long[8];
      assertEquals(0, destinations.takeUsed(hops));
      Endpoint far = endpoint("203.0.113.7");
      assertTrue(destinations.find(far.high(), far.low()).takes(10));
      assertEquals(0, destinations.takeUsed(hops), "looked up, not used");
      FrameHeader header = destinations.find(far.high(), far.low()).header();
      assertTrue(header.isIpv4());
      NetworkSnapshot newer = reader.read();
      destinations.use(newer, newer.link("v0").orElseThrow());
      assertTrue(destinations.find(far.high(), far.low()).takes(10));
      assertEquals(1, destinations.takeUsed(hops));
      assertEquals(
          Arrays.asList(right.high(), right.low()), Arrays.asList(hops[0], hops[1]), "gateway");
      assertEquals(0, destinations.takeUsed(hops));
    }
  }

  private static Destinations destinations(NetworkReader reader) {
    NetworkSnapshot network = reader.read();
    return new Destinations(network, network.link("v0").orElseThrow());
  }

  private static boolean takes(Destinations destinations, String address, int payloadBytes) {
    Endpoint to = endpoint(address);
    return destinations.find(to.high(), to.low()).takes(payloadBytes);
  }

  private static Endpoint endpoint(String address) {
    return Endpoint.parse(address.contains(":") ? "[" + address + "]:0" : address + ":0");
  }
}
