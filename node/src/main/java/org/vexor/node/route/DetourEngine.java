package org.vexor.node.route;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.vexor.packet.BackendReport;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.quic.path.RoutePolicy;

/// The engine of one port, whose datagrams go straight, or through the proxy's tunnel while nothing
/// comes back the straight way. What arrives by either reaches the handler.
///
/// For roles whose peers answer, such as gossip. Through the tunnel only those answer who were sent
/// to: nobody can reach the node there first (RFC 9298 §3).
final class DetourEngine implements PacketEngine {
  /// Sleeping, the engine of sockets does not see what comes out of the tunnel.
  private static final long NAP_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final long TUNNEL_FRAME = 1L << 62;

  private final String role;
  private final PacketEngine direct;
  private final PacketEngine tunnel;
  private final ProxyPath proxy;
  private final EngineOptions options;
  private final RouteListener told;
  private final LongSupplier clockNs;
  private final Detour detour;
  private final TrafficCounters counters = new TrafficCounters();
  private Optional<DetourPort> port = Optional.empty();
  private volatile boolean byTunnel;

  /// @param direct closed with this
  DetourEngine(
      String role,
      PacketEngine direct,
      ProxyPath proxy,
      EngineOptions options,
      RouteListener told,
      LongSupplier clockNs) {
    this.role = role;
    this.direct = direct;
    this.proxy = proxy;
    this.options = options;
    this.told = told;
    this.clockNs = clockNs;
    boolean only = proxy.policy() == RoutePolicy.TUNNEL_ONLY;
    detour = new Detour(only);
    byTunnel = only;
    tunnel = proxy.engine(options);
    told.turned(role, only ? proxy.name() : "direct", only ? "the only one allowed" : "preferred");
  }

  @Override
  public PacketPort open(PortOptions portOptions, DatagramHandler handler) {
    if (port.isPresent()) {
      throw new PortException(
          "port " + portOptions.bind() + " not opened: this engine has one port, and it is open");
    }
    var inbound = new Inbound(handler);
    PacketPort straight = direct.open(portOptions, inbound.from(false));
    PacketPort through =
        tunnel.open(
            PortOptions.bind(straight.localEndpoint().anyLocal().withPort(0)), inbound.from(true));
    var opened =
        new DetourPort(
            options,
            new DetourPort.Ways(straight, through),
            detour,
            clockNs,
            new TrafficCounters(counters));
    inbound.port = Optional.of(opened);
    port = Optional.of(opened);
    return opened;
  }

  /// Hands over what came by either way, as a datagram of the one port.
  private final class Inbound {
    private final DatagramHandler handler;
    private Optional<DetourPort> port = Optional.empty();

    private Inbound(DatagramHandler handler) {
      this.handler = handler;
    }

    private DatagramHandler from(boolean throughTunnel) {
      var lent = new LentDatagram(throughTunnel ? TUNNEL_FRAME : 0);
      return (_, datagram) -> {
        DetourPort to = port.orElseThrow();
        if (!throughTunnel) {
          detour.received(datagram.sourceHigh(), datagram.sourceLow(), datagram.sourcePort());
        }
        to.counters().received(datagram.length());
        handler.onDatagram(to, lent.of(datagram));
      };
    }
  }

  @Override
  public int doWork() {
    int work = direct.doWork() + tunnel.doWork();
    switch (detour.judge(clockNs.getAsLong(), proxy.isUsable())) {
      case NONE -> {}
      case TO_TUNNEL -> turn(proxy.name(), "as nothing comes back directly");
      case TO_DIRECT -> turn("direct", "which is free again");
      case PROXY_LOST -> turn("direct", "as the proxy cannot be used now");
    }
    return work + (port.isPresent() ? port.get().flush() : 0);
  }

  private void turn(String route, String why) {
    byTunnel = detour.isTunnel();
    told.turned(role, route, why);
  }

  @Override
  public void await(long timeoutNs) {
    direct.await(byTunnel ? Math.min(timeoutNs, NAP_NS) : timeoutNs);
  }

  @Override
  public void wakeup() {
    direct.wakeup();
  }

  @Override
  public void release(long frame) {
    if ((frame & TUNNEL_FRAME) != 0) {
      tunnel.release(frame & ~TUNNEL_FRAME);
    } else {
      direct.release(frame);
    }
  }

  @Override
  public BackendReport report() {
    return (byTunnel ? tunnel : direct).report();
  }

  @Override
  public List<PacketPort> ports() {
    return port.<List<PacketPort>>map(List::of).orElse(List.of());
  }

  @Override
  public TrafficCounters counters() {
    return counters;
  }

  @Override
  public void close() {
    port.ifPresent(DetourPort::close);
    tunnel.close();
    direct.close();
  }
}
