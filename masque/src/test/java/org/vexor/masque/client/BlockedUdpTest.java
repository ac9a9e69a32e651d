package org.vexor.masque.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.masque.MasqueLab;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.link.TcpTransport;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.ProxyOptions;
import org.vexor.masque.proxy.access.AccessList;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.policy.AddressPolicy;
import org.vexor.masque.proxy.policy.Rule;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.resolve.SystemResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.uri.UdpTarget;
import org.vexor.masque.uri.UriTemplate;
import org.vexor.quic.DatagramTransport;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// A proxy on one host, its client on another, and a firewall between them.
@RequiresRoot
final class BlockedUdpTest {
  /// Before HTTP/3's handshake is given up, so that nobody waited for that.
  private static final Duration SOON = ClientTimes.DEFAULT.handshake();

  private final VirtualHosts hosts = VirtualHosts.create("vxudp");

  /// On a thread of that host: sockets that are opened meanwhile and threads that are started are
  /// its own for good.
  private static <T> T on(VirtualHosts.Host host, Callable<T> work) {
    var task =
        new FutureTask<>(
            () -> {
              try (var _ = NetworkNamespace.enter(host.path())) {
                return work.call();
              }
            });
    Thread.ofPlatform().daemon().start(task);
    try {
      return task.get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new AssertionError(
          "on " + host.namespace(), e instanceof ExecutionException ? e.getCause() : e);
    }
  }

  private MasqueProxy proxy() {
    VirtualHosts.Host host = hosts.left();
    return on(
        host,
        () ->
            MasqueProxy.start(
                new ProxyOptions(
                    "lab",
                    new InetSocketAddress(host.ipv4(), 0),
                    MasqueLab.serverTls(),
                    1,
                    true,
                    true,
                    ProxyOptions.quic(100)),
                new ProxySettings(
                    List.of(UriTemplate.ofProxy("https://localhost")),
                    Set.of(Transport.UDP),
                    AccessList.everybody(),
                    new AddressPolicy(
                        List.of(Rule.parse(host.ipv4() + "/32")), List.of(), Set.of()),
                    ProxyLimits.DEFAULT,
                    false),
                new SystemResolver(Duration.ofSeconds(5), 8),
                AccessLog.NONE));
  }

  private static DatagramSocket echo(VirtualHosts.Host host) {
    DatagramSocket socket =
        on(
            host,
            () -> new DatagramSocket(new InetSocketAddress(InetAddress.getByName(host.ipv4()), 0)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              var packet = new DatagramPacket(new byte[2_048], 2_048);
              try {
                while (!socket.isClosed()) {
                  packet.setLength(2_048);
                  socket.receive(packet);
                  socket.send(packet);
                }
              } catch (IOException _) {
                // Closed, as the test is over.
              }
            });
    return socket;
  }

  private MasqueClient client(EventLoopGroup loops, int port) {
    VirtualHosts.Host host = hosts.right();
    ClientOptions options =
        ClientOptions.of(
                UriTemplate.ofProxy("https://" + hosts.left().ipv4() + ":" + port),
                MasqueLab.clientTls())
            .withTimes(
                ClientTimes.DEFAULT.withRace(SOON, Duration.ofMillis(250), Duration.ofMillis(500)));
    return MasqueClient.start(
        options,
        Optional.of(
            DatagramTransport.of(
                "nio",
                loops,
                () -> on(host, () -> new NioDatagramChannel(DatagramChannel.open())))),
        Optional.of(
            new TcpTransport(
                loops, () -> on(host, () -> new NioSocketChannel(SocketChannel.open())))));
  }

  /// What comes to the proxy by UDP is lost without a word.
  private void block(int port) {
    Assumptions.assumeTrue(
        List.of("/usr/sbin/nft", "/sbin/nft", "/usr/bin/nft").stream()
            .anyMatch(file -> Path.of(file).toFile().canExecute()),
        "needs the program nft of nftables, to block UDP");
    VirtualHosts.Host host = hosts.left();
    host.run("nft", "add table inet lab");
    host.run("nft", "add chain inet lab in { type filter hook input priority 0; }");
    host.run("nft", "add rule inet lab in udp dport " + port + " drop");
  }

  private void unblock() {
    hosts.left().run("nft", "delete table inet lab");
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
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    try (hosts;
        MasqueProxy proxy = proxy();
        DatagramSocket echo = echo(hosts.left())) {
      int port = proxy.localAddress().getPort();
      var target = UdpTarget.of(hosts.left().ipv4() + ":" + echo.getLocalPort());
      try (MasqueClient first = client(loops, port)) {
        long _ = millis(first, Phase.READY, HttpVersion.HTTP_3);
      }
      block(port);
      try (MasqueClient client = client(loops, port)) {
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
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }
}
