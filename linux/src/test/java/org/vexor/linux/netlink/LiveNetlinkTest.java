package org.vexor.linux.netlink;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.bpf.Assembler;
import org.vexor.linux.bpf.BpfProgram;
import org.vexor.linux.bpf.Register;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.linux.process.PollSet;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

final class LiveNetlinkTest {
  private static final int XDP_PASS = 2;

  private record Address(long high, long low) {}

  private static Address at(String literal) {
    try {
      Bytes bytes = new Bytes(InetAddress.getByName(literal).getAddress());
      return new Address(bytes.addressHigh(), bytes.addressLow());
    } catch (UnknownHostException e) {
      throw new AssertionError("no address: " + literal, e);
    }
  }

  private static Route route(NetworkSnapshot net, String address) {
    return net.route(at(address).high(), at(address).low());
  }

  @Test
  void loopbackIsThere() {
    try (NetworkReader reader = NetworkReader.open()) {
      NetworkSnapshot net = reader.read();
      Link lo = net.link("lo").orElseThrow();
      assertTrue(lo.isLoopback() && lo.isUp() && lo.mtu() > 0);
      assertEquals(lo, net.link(lo.index()).orElseThrow());
      assertTrue(net.isOwn(at("127.0.0.1").high(), at("127.0.0.1").low()));
      if (!net.hasPolicyRules(true)) {
        assertEquals(RouteKind.LOCAL, route(net, "127.0.0.1").kind());
      }
    }
  }

  @Test
  void unknownInterfaceHasNoFeatures() {
    KernelException e =
        assertThrows(KernelException.class, () -> NetdevFeatures.of(Integer.MAX_VALUE));
    assertEquals(Errno.ENODEV, e.errno());
  }

  @Test
  @RequiresRoot
  void routesOfAHostAreThoseOfItsKernel() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open()) {
      VirtualHosts.Host left = hosts.left();
      NetworkSnapshot net = reader.read();
      Link v0 = net.link("v0").orElseThrow();
      assertEquals(left.interfaceIndex(), v0.index());
      assertEquals(new Bytes(left.mac()).mac(), v0.mac());
      assertEquals(1500, v0.mtu());
      assertTrue(v0.isRunning());
      assertEquals(0, v0.xdpProgramId());

      Route link = route(net, "10.77.0.2");
      assertEquals(
          new Route(RouteKind.UNICAST, v0.index(), 0, 0, 0, at("10.77.0.1").low(), 1500), link);
      assertEquals(RouteKind.LOCAL, route(net, "10.77.0.1").kind());
      assertEquals(RouteKind.BROADCAST, route(net, "10.77.0.255").kind());
      assertEquals(RouteKind.UNREACHABLE, route(net, "192.0.2.1").kind());
      assertEquals(RouteKind.LOCAL, route(net, "fd77::1").kind());
      Route link6 = route(net, "fd77::2");
      assertEquals(RouteKind.UNICAST, link6.kind());
      assertEquals(at("fd77::1").low(), link6.sourceLow());

      left.ip("route", "add", "default", "via", "10.77.0.2", "mtu", "1400");
      left.ip("route", "add", "192.0.2.0/24", "dev", "v0", "src", "10.77.0.1");
      left.ip("route", "add", "blackhole", "198.51.100.0/24");
      left.ip("route", "add", "203.0.113.0/24", "via", "10.77.0.2", "table", "100");
      left.ip("route", "add", "203.0.113.0/24", "via", "inet6", "fd77::2");
      left.ip("rule", "add", "fwmark", "7", "lookup", "100");
      net = reader.read(Change.ROUTES.bit());
      Route far = route(net, "8.8.8.8");
      assertEquals(at("10.77.0.2").low(), far.gatewayLow());
      assertEquals(at("10.77.0.1").low(), far.sourceLow());
      assertEquals(1400, far.mtuBytes());
      assertFalse(route(net, "192.0.2.1").hasGateway());
      assertEquals(RouteKind.UNREACHABLE, route(net, "198.51.100.1").kind());
      assertEquals(at("fd77::2").high(), route(net, "203.0.113.1").gatewayHigh());

      left.ip("rule", "add", "from", "10.77.0.1", "lookup", "100");
      net = reader.read(Change.ROUTES.bit());
      assertEquals(RouteKind.POLICY, route(net, "8.8.8.8").kind());
      assertEquals(RouteKind.UNICAST, route(net, "fd77::2").kind());
    }
  }

  @Test
  @RequiresRoot
  void severalNextHopsAreLeftToTheKernel() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open()) {
      VirtualHosts.Host left = hosts.left();
      left.ip("-6", "route", "add", "2001:db8::/32", "via", "fd77::2", "metric", "9");
      assertEquals(RouteKind.UNICAST, route(reader.read(), "2001:db8::1").kind());
      left.ip("-6", "route", "append", "2001:db8::/32", "via", "fd77::3", "metric", "9");
      assertEquals(RouteKind.MULTIPATH, route(reader.read(), "2001:db8::1").kind());
    }
  }

  @Test
  @RequiresRoot
  void eventsSayWhatChanged() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path());
        ChangeEvents events = ChangeEvents.open()) {
      VirtualHosts.Host left = hosts.left();
      left.ip("link", "set", "v0", "mtu", "1400");
      assertSeen(events, Change.LINKS);
      left.ip("addr", "add", "10.78.0.1/24", "dev", "v0");
      assertSeen(events, Change.ADDRESSES);
      left.ip("route", "add", "192.0.2.0/24", "via", "10.77.0.2");
      assertSeen(events, Change.ROUTES);
      left.ip("-6", "rule", "add", "from", "fd77::1", "lookup", "100");
      assertSeen(events, Change.ROUTES);
      left.ip("neigh", "add", "10.77.0.9", "lladdr", "02:00:00:00:00:09", "dev", "v0");
      assertSeen(events, Change.NEIGHBOURS);
      assertEquals(Change.NONE, events.poll() & ~Change.NEIGHBOURS.bit());
    }
  }

  /// Waits for a change; others may come with it.
  private static void assertSeen(ChangeEvents events, Change wanted) {
    assertTrue(await(events, () -> wanted.in(events.poll())), () -> wanted + " was not seen");
  }

  private static boolean await(ChangeEvents events, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    try (PollSet poll = new PollSet(1)) {
      int _ = poll.add(events.file(), PollSet.POLLIN);
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          return false;
        }
        int _ = poll.await(TimeUnit.MILLISECONDS.toNanos(50));
      }
      return true;
    }
  }

  @Test
  @RequiresRoot
  void neighboursAreFoundOnDemand() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open();
        ChangeEvents events = ChangeEvents.open();
        NeighbourResolver resolver = NeighbourResolver.open()) {
      NetworkSnapshot net = reader.read();
      int v0 = net.link("v0").orElseThrow().index();
      long mac = new Bytes(hosts.right().mac()).mac();
      for (String address : new String[] {"10.77.0.2", "fd77::2"}) {
        Address to = at(address);
        assertEquals(0, resolver.resolve(v0, to.high(), to.low()), address);
        assertTrue(
            await(
                events,
                () ->
                    mac
                        == reader
                            .read(Change.NEIGHBOURS.bit())
                            .neighbourMac(v0, to.high(), to.low())),
            address);
      }
      Address to = at("10.77.0.2");
      assertEquals(-Errno.ENODEV, resolver.resolve(Integer.MAX_VALUE, to.high(), to.low()));
    }
  }

  @Test
  @RequiresRoot
  void driverTellsItsFeatures() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      var found = NetdevFeatures.of(hosts.left().interfaceIndex());
      // Kernels before 6.3 do not say.
      found.ifPresent(
          features -> {
            assertTrue(features.hasNativeXdp() && features.hasRedirect(), features::toString);
            assertFalse(features.hasZeroCopy(), features::toString);
          });
    }
  }

  @Test
  @RequiresRoot
  void attachedProgramIsNamed() {
    try (VirtualHosts hosts = VirtualHosts.create("netlink");
        var _ = NetworkNamespace.enter(hosts.left().path());
        NetworkReader reader = NetworkReader.open();
        BpfProgram program =
            BpfProgram.loadXdp(
                "pass", new Assembler().move(Register.R0, XDP_PASS).exit().assemble(), false);
        XdpLink link = XdpLink.attach(program, hosts.left().interfaceIndex(), XdpMode.GENERIC)) {
      Link v0 = reader.read().link("v0").orElseThrow();
      assertTrue(link.file().isOpen());
      assertEquals(2, v0.xdpMode());
      assertEquals(program.info().id(), v0.xdpProgramId());
    }
  }
}
