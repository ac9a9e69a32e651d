package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.DatagramSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// A proxy on one host, its client on another, and a firewall between them.
@RequiresRoot
final class BlockedUdpTest {
  /// Before HTTP/3's handshake is given up, so that nobody waited for that.
  private static final Duration SOON = ClientTimes.DEFAULT.handshake();

  private final TwoHosts hosts = TwoHosts.create("vxudp", VirtualHosts.Options.standard());

  private MasqueClient client(int port) {
    return hosts.client(
        hosts.proxySide().ipv4(),
        port,
        options ->
            options.withTimes(
                ClientTimes.DEFAULT.withRace(
                    SOON, Duration.ofMillis(250), Duration.ofMillis(500))));
  }

  /// What comes to the proxy by UDP is lost without a word.
  private void block(int port) {
    Assumptions.assumeTrue(
        List.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft").stream()
            .anyMatch(file -> Path.of(file).toFile().canExecute()),
        "needs the program nft of nftables, to block UDP");
    VirtualHosts.Host host = hosts.proxySide();
    host.run("nft", "add table inet lab");
    host.run("nft", "add chain inet lab in { type filter hook input priority 0; }");
    host.run("nft", "add rule inet lab in udp dport " + port + " drop");
  }

  private void unblock() {
    hosts.proxySide().run("nft", "delete table inet lab");
  }

  private static long millis(MasqueClient client, Phase phase, HttpVersion version) {
    long beganNs = System.nanoTime();
    MasqueLab.await(
        () -> phase + " over " + version + ", it is " + client.status(),
        () ->
            client.status().phase() == phase
                && client.status().version().filter(version::equals).isPresent());
    return Duration.ofNanos(System.nanoTime() - beganNs).toMillis();
  }

  @Test
  void goesOverHttp2AtOnceWhileUdpIsBlockedAndBackWhenItReturns() {
    String here = hosts.proxySide().ipv4();
    try (hosts;
        MasqueProxy proxy = hosts.proxy(here);
        DatagramSocket echo = hosts.echo(here)) {
      int port = proxy.localAddress().getPort();
      UdpTarget target = TwoHosts.target(echo);
      try (MasqueClient first = client(port)) {
        long _ = millis(first, Phase.READY, HttpVersion.HTTP_3);
      }
      block(port);
      try (MasqueClient client = client(port)) {
        long overHttp2 = millis(client, Phase.DEGRADED, HttpVersion.HTTP_2);
        assertTrue(overHttp2 < SOON.toMillis(), "it took " + overHttp2 + " ms");
        var box = new ClientLab.Box();
        UdpTunnel tunnel = client.open(target, box);
        ClientLab.echoes(tunnel, box, 1_000);
        unblock();
        long _ = millis(client, Phase.READY, HttpVersion.HTTP_3);
        MasqueLab.await(
            "the tunnel's move",
            () ->
                tunnel.state() instanceof TunnelState.Open open
                    && open.version() == HttpVersion.HTTP_3);
        ClientLab.echoes(tunnel, box, 1_000);
        assertEquals(0, tunnel.counters().dropped());
      }
    }
  }
}
