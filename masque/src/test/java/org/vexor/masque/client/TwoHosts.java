package org.vexor.masque.client;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.masque.MasqueLab;
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
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.packet.select.Wanted;
import org.vexor.quic.PortLoops;
import org.vexor.testkit.net.VirtualHosts;

/// A proxy and what it leads to on one host, its clients on another, and a cable between them.
final class TwoHosts implements AutoCloseable {
  private static final int LONGEST = 2_048;

  private final VirtualHosts hosts;
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());

  /// Its thread is the client's host's.
  private final PortLoops packets;

  private TwoHosts(VirtualHosts hosts) {
    this.hosts = hosts;
    this.packets =
        on(
            hosts.right(),
            () -> {
              PortLoops started =
                  PortLoops.start("client", 1, () -> PacketEngines.local(EngineOptions.DEFAULT));
              started.executor().submit(() -> {}).get();
              return started;
            });
  }

  static TwoHosts create(String prefix, VirtualHosts.Options options) {
    return new TwoHosts(VirtualHosts.create(prefix, options));
  }

  VirtualHosts.Host proxySide() {
    return hosts.left();
  }

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

  /// @param address of the proxy's host, which its clients may go to
  MasqueProxy proxy(String address) {
    return proxy(address, Wanted.UDP);
  }

  /// The same on another backend.
  MasqueProxy proxy(String address, Wanted backend) {
    var listen = new InetSocketAddress(address, 0);
    return on(
        hosts.left(),
        () ->
            MasqueProxy.start(
                new ProxyOptions(
                    "lab",
                    listen,
                    MasqueLab.serverTls(),
                    1,
                    true,
                    true,
                    ProxyOptions.quic(100),
                    ProxyOptions.packets(Endpoint.of(listen), backend)),
                new ProxySettings(
                    List.of(UriTemplate.ofProxy("https://localhost")),
                    Set.of(Transport.UDP),
                    AccessList.everybody(),
                    new AddressPolicy(List.of(Rule.parse(literal(address))), List.of(), Set.of()),
                    ProxyLimits.DEFAULT,
                    false),
                new SystemResolver(Duration.ofSeconds(5), 8),
                AccessLog.NONE));
  }

  /// Sends back what it gets, at an address of the proxy's host.
  DatagramSocket echo(String address) {
    DatagramSocket socket =
        on(
            hosts.left(),
            () -> new DatagramSocket(new InetSocketAddress(InetAddress.getByName(address), 0)));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              var packet = new DatagramPacket(new byte[LONGEST], LONGEST);
              try {
                while (!socket.isClosed()) {
                  packet.setLength(LONGEST);
                  socket.receive(packet);
                  socket.send(packet);
                }
              } catch (IOException _) {
                // Closed, as the test is over.
              }
            });
    return socket;
  }

  static UdpTarget target(DatagramSocket echo) {
    return UdpTarget.of(echo.getLocalAddress(), echo.getLocalPort());
  }

  /// A client on the other host.
  MasqueClient client(String proxy, int port, UnaryOperator<ClientOptions> change) {
    VirtualHosts.Host host = hosts.right();
    ClientOptions options =
        ClientOptions.of(
            UriTemplate.ofProxy("https://" + literal(proxy) + ":" + port), MasqueLab.clientTls());
    return MasqueClient.start(
        change.apply(options),
        Optional.of(packets.transport()),
        Optional.of(
            new TcpTransport(
                loops, () -> on(host, () -> new NioSocketChannel(SocketChannel.open())))));
  }

  private static String literal(String address) {
    return address.contains(":") ? "[" + address + "]" : address;
  }

  @Override
  public void close() {
    hosts.close();
    packets.close();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
