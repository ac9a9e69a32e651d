package org.vexor.netty.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.netty.PacketDatagramChannel;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.XdpEngine;
import org.vexor.packet.xdp.XdpOptions;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;
import org.vexor.testkit.net.VirtualHosts.Host;

/// AF_XDP on both ends of a virtual cable.
///
/// ```
///   left host: servers, AF_XDP on v0  ────────  right host: clients, AF_XDP on v0; the test itself
/// ```
@RequiresRoot
final class XdpSuiteTest extends DatagramSuite {
  private static final String HOSTS_OWN =
      "Netty looks up the interfaces once, those of the host that the tests began on";

  private static VirtualHosts hosts;

  private NetworkNamespace visit;

  @BeforeAll
  static void makeHosts() {
    hosts = VirtualHosts.create("netty-xdp");
  }

  @AfterAll
  static void removeHosts() {
    hosts.close();
  }

  @BeforeEach
  void enter() {
    visit = NetworkNamespace.enter(hosts.right().path());
  }

  @AfterEach
  void leave() {
    if (visit != null) {
      visit.close();
    }
  }

  @Override
  Loops servers() {
    return loops(hosts.left(), address -> own(hosts.left(), address));
  }

  @Override
  Loops clients(Loops ofServers) {
    return loops(hosts.right(), this::reachable);
  }

  @Override
  SocketAddress reachable(SocketAddress named) {
    return named instanceof InetSocketAddress address && address.getAddress().isAnyLocalAddress()
        ? address
        : own(hosts.right(), named);
  }

  private static SocketAddress own(Host host, SocketAddress named) {
    var address = (InetSocketAddress) named;
    boolean ipv4 = address.getAddress() instanceof Inet4Address;
    String own = ipv4 ? host.ipv4() : "[" + host.ipv6() + "]";
    return Endpoint.parse(own + ":" + address.getPort()).toSocketAddress();
  }

  private static Loops loops(Host host, UnaryOperator<SocketAddress> here) {
    ThreadFactory threads = new DefaultThreadFactory(host.namespace(), true);
    return new Loops(
        1,
        task ->
            threads.newThread(
                () -> {
                  try (var _ = NetworkNamespace.enter(host.path())) {
                    task.run();
                  }
                }),
        () -> {
          try (var _ = NetworkNamespace.enter(host.path())) {
            var options = XdpOptions.on(host.interfaceName()).withRings(128, 128, 64);
            return XdpEngine.open(options, new BatchEngine(OPTIONS), OPTIONS);
          }
        },
        here);
  }

  @Test
  void saysThatItIsAfXdp() {
    var channel =
        (PacketDatagramChannel)
            server()
                .handler(new ChannelInboundHandlerAdapter())
                .bind(new InetSocketAddress(0))
                .syncUninterruptibly()
                .channel();
    assertEquals(Backend.AF_XDP, channel.report().orElseThrow().backend());
  }

  @Override
  Map<String, String> inapplicable() {
    return Map.of("Multicast", HOSTS_OWN, "MulticastIpv6", HOSTS_OWN);
  }
}
