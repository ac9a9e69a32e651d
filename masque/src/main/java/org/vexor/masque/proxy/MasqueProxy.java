package org.vexor.masque.proxy;

import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.http.RequestHandler;
import org.vexor.masque.http3.Http3Connection;
import org.vexor.masque.http3.Http3Options;
import org.vexor.masque.proxy.inbound.StreamFront;
import org.vexor.masque.proxy.limit.ProxyLimits;
import org.vexor.masque.proxy.outbound.TargetSockets;
import org.vexor.masque.proxy.outbound.TcpDialer;
import org.vexor.masque.proxy.request.Gatekeeper;
import org.vexor.masque.proxy.request.ProxySettings;
import org.vexor.masque.proxy.request.TargetFinder;
import org.vexor.masque.proxy.resolve.HostResolver;
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.proxy.tunnel.Client;
import org.vexor.masque.proxy.tunnel.FrontDesk;
import org.vexor.masque.proxy.tunnel.ProxyCounters;
import org.vexor.netty.PacketChannelConfig;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.quic.Application;
import org.vexor.quic.DatagramTransport;
import org.vexor.quic.QuicServer;
import org.vexor.quic.admission.ConnectionLimits;
import org.vexor.quic.silence.SilenceTimes;

/// A running proxy. Any thread, but none of its event loops.
public final class MasqueProxy implements AutoCloseable {
  /// Some 900 full packets. Acknowledgements wait in it too, and with them the windows towards
  /// clients stay as they are: with four times as much, a proxy that was offered twice what it can
  /// do took in everything a third of a second late and could send the half of it back.
  private static final int RECEIVE_BUFFER_BYTES = 1 << 20;

  private static final int SEND_BUFFER_BYTES = 4 << 20;
  private static final int HANDSHAKES = 1_000;
  private static final long QUIET_MS = 100;
  private static final int PORT_ATTEMPTS = 8;
  private static final System.Logger LOG = System.getLogger(MasqueProxy.class.getName());

  private final ProxyOptions options;
  private final Gatekeeper gate;
  private final EventLoopGroup tcpLoops;
  private final TargetSockets sockets;
  private final FrontDesk desk;
  private final Set<Http3Connection> connections = ConcurrentHashMap.newKeySet();
  private final Optional<QuicServer> quic;
  private final Optional<StreamFront> streams;

  private MasqueProxy(
      ProxyOptions options, ProxySettings settings, HostResolver resolver, AccessLog log) {
    this.options = options;
    gate = new Gatekeeper(options.name(), settings);
    tcpLoops =
        new MultiThreadIoEventLoopGroup(
            options.cores(),
            new DefaultThreadFactory("proxy-tcp", true),
            NioIoHandler.newFactory());
    sockets =
        new TargetSockets(
            options.cores(), new DefaultThreadFactory("proxy-packets", true), options.packets());
    desk =
        new FrontDesk(
            gate, new TargetFinder(resolver, this::isOwn), sockets, new TcpDialer(tcpLoops), log);
    try {
      quic = options.http3() ? Optional.of(bindQuic(settings.limits())) : Optional.empty();
    } catch (IllegalStateException e) {
      endLoops();
      throw e;
    }
    try {
      streams = options.tcp() ? Optional.of(bindTcp(settings.limits())) : Optional.empty();
    } catch (IllegalStateException e) {
      quic.ifPresent(QuicServer::close);
      endLoops();
      throw e;
    }
  }

  /// Binds its ports and serves from now on.
  ///
  /// @throws PortException when there is no engine
  /// @throws IllegalStateException when an address cannot be bound
  public static MasqueProxy start(
      ProxyOptions options, ProxySettings settings, HostResolver resolver, AccessLog log) {
    // The number that UDP was given may be another program's on TCP: another number, then.
    boolean anyPort = options.listen().getPort() == 0;
    for (int attempt = 1; anyPort && attempt < PORT_ATTEMPTS; attempt++) {
      try {
        return new MasqueProxy(options, settings, resolver, log);
      } catch (IllegalStateException e) {
        LOG.log(System.Logger.Level.DEBUG, "no port for both UDP and TCP", e);
      }
    }
    return new MasqueProxy(options, settings, resolver, log);
  }

  private QuicServer bindQuic(ProxyLimits limits) {
    DatagramTransport transport =
        DatagramTransport.ports("UDP", sockets.loops())
            .withOption(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .withOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
            .withOption(UnixChannelOption.SO_REUSEPORT, options.cores() > 1)
            .withOption(PacketChannelConfig.UNFRAGMENTED, true);
    // Past the kernel nobody reads what ICMP says of them: such clients end by their silence.
    if (sockets.all().stream()
        .noneMatch(each -> each.engine().report().backend() == Backend.AF_XDP)) {
      transport = transport.withOption(PacketChannelConfig.REPORT_UNDELIVERED, true);
    }
    Application application = Http3Connection.server(Http3Options.SERVER, this::accepted);
    return QuicServer.bind(
        transport,
        options.listen(),
        options.cores(),
        options.tls().withApplicationProtocols(List.of(HttpVersion.HTTP_3.alpn())),
        options.quic(),
        ConnectionLimits.DEFAULT
            .withConnections(limits.connections(), limits.connectionsPerAddress())
            .withHandshakes(HANDSHAKES, Math.min(HANDSHAKES, limits.connectionsPerAddress())),
        application);
  }

  /// On the number that UDP got.
  private StreamFront bindTcp(ProxyLimits limits) {
    InetSocketAddress address = quic.map(QuicServer::localAddress).orElse(options.listen());
    return new StreamFront(address, tcpLoops, options.tls(), limits, desk::requests);
  }

  private RequestHandler accepted(Http3Connection connection) {
    connections.add(connection);
    connection.watchSilence(SilenceTimes.lostAfter(gate.settings().limits().silenceTime()));
    var _ = connection.quic().closed().thenRun(() -> connections.remove(connection));
    return desk.requests(new Client(connection.quic()::remoteAddress, connection.quic()::peer));
  }

  private boolean isOwn(Endpoint target) {
    Endpoint own = Endpoint.of(localAddress());
    return own.port() == target.port()
        && (own.withPort(0).equals(target.withPort(0)) || own.isAnyLocal());
  }

  /// Where it listens.
  public InetSocketAddress localAddress() {
    return quic.map(QuicServer::localAddress)
        .or(() -> streams.map(StreamFront::address))
        .orElse(options.listen());
  }

  public ProxySettings settings() {
    return gate.settings();
  }

  /// Other settings from now on. Tunnels that are there go on under those that they began with.
  public void settings(ProxySettings changed) {
    gate.settings(changed);
  }

  public ProxyCounters counters() {
    return desk.counters();
  }

  /// Sockets and event loops, for their counters.
  public TargetSockets sockets() {
    return sockets;
  }

  /// Tunnels that are open or being opened, and whose.
  public Gatekeeper gate() {
    return gate;
  }

  /// The HTTP/3 endpoint, for its counters; empty when there is none.
  public Optional<QuicServer> quic() {
    return quic;
  }

  /// The TCP side, for its counters; empty when there is none.
  public Optional<StreamFront> streams() {
    return streams;
  }

  /// HTTP/3 connections that are open.
  public int connections() {
    return connections.size();
  }

  /// Takes no more tunnels (503; GOAWAY on HTTP/3 and HTTP/2) and waits for those that are there.
  ///
  /// @return whether all ended in time
  public boolean drain(Duration patience) throws InterruptedException {
    gate.drain();
    connections.forEach(Http3Connection::refuseFurtherRequests);
    streams.ifPresent(StreamFront::refuseFurtherRequests);
    long untilNs = System.nanoTime() + patience.toNanos();
    while (gate.ledger().tunnels() > 0 && System.nanoTime() < untilNs) {
      TimeUnit.MILLISECONDS.sleep(Math.min(QUIET_MS, patience.toMillis()));
    }
    return gate.ledger().tunnels() == 0;
  }

  /// Ends all connections and tunnels and gives the ports back; returns when that is done.
  @Override
  public void close() {
    connections.forEach(Http3Connection::close);
    streams.ifPresent(StreamFront::close);
    quic.ifPresent(QuicServer::close);
    endLoops();
  }

  private void endLoops() {
    var _ = sockets.loops().shutdownGracefully(0, QUIET_MS, TimeUnit.MILLISECONDS);
    var _ = tcpLoops.shutdownGracefully(0, QUIET_MS, TimeUnit.MILLISECONDS);
    sockets.loops().terminationFuture().awaitUninterruptibly();
    tcpLoops.terminationFuture().awaitUninterruptibly();
  }
}
