package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.netty.buffer.Unpooled;
import java.net.DatagramSocket;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RecordedTunnel;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// What a tunnel carries over links of several widths, and over IPv6, as nobody configured
/// anything.
@RequiresRoot
final class PathWidthTest {
  private static final long AGAIN_NS = 50_000_000;

  private static TwoHosts hosts(int mtu) {
    return TwoHosts.create("vxmtu", new VirtualHosts.Options(1, mtu, true, true));
  }

  @ParameterizedTest
  @CsvSource({"1500, 1350", "1400, 1300", "1280, 1200"})
  void isFoundOutByTheProxy(int mtu, int payload) {
    try (TwoHosts hosts = hosts(mtu);
        MasqueProxy proxy = hosts.proxy(hosts.proxySide().ipv4());
        DatagramSocket echo = hosts.echo(hosts.proxySide().ipv4());
        MasqueClient client =
            hosts.client(
                hosts.proxySide().ipv4(),
                proxy.localAddress().getPort(),
                options -> options.withVersions(HttpVersion.HTTP_3))) {
      var box = new ClientLab.Box();
      UdpTunnel tunnel = client.open(TwoHosts.target(echo), box);
      ClientLab.open(tunnel);
      // What does not fit yet is lost.
      var askedNs = new AtomicLong(System.nanoTime() - AGAIN_NS);
      MasqueLab.await(
          () -> "an echo of " + payload + " bytes: " + tunnel.counters(),
          () -> {
            if (System.nanoTime() - askedNs.get() >= AGAIN_NS) {
              askedNs.set(System.nanoTime());
              boolean _ = tunnel.send(Unpooled.wrappedBuffer(RecordedTunnel.bytes(payload)));
            }
            return !box.received.isEmpty();
          });
      assertEquals(payload, box.received.remove().length);
    }
  }

  @ParameterizedTest
  @EnumSource
  void carriesIpv6OverIpv6(HttpVersion version) {
    try (TwoHosts hosts = hosts(1500);
        MasqueProxy proxy = hosts.proxy(hosts.proxySide().ipv6());
        DatagramSocket echo = hosts.echo(hosts.proxySide().ipv6());
        MasqueClient client =
            hosts.client(
                hosts.proxySide().ipv6(),
                proxy.localAddress().getPort(),
                options -> options.withVersions(version))) {
      var box = new ClientLab.Box();
      UdpTunnel tunnel = client.open(TwoHosts.target(echo), box);
      ClientLab.open(tunnel);
      ClientLab.echoes(tunnel, box, 1_000);
    }
  }
}
