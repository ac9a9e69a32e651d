package org.vexor.node.route;

import java.lang.foreign.MemorySegment;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.path.RoutePolicy;
import org.vexor.tpu.vote.VoteDatagrams;

/// Votes by UDP. Nothing comes back by which a way could be told to have failed, and a vote that
/// arrives twice counts once, so where there is a proxy a vote goes both ways; where the proxy is
/// required, by the tunnel alone. One thread.
public final class VotePorts implements VoteDatagrams, AutoCloseable {
  private final WayOut way;
  private final Optional<Way> direct;
  private final Optional<Way> tunnel;

  /// Opens the ports.
  ///
  /// @param bind where the direct one is bound
  /// @throws org.vexor.packet.PortException when a port does not open
  public VotePorts(WayOut way, Endpoint bind) {
    this.way = way;
    boolean only = way.proxy().filter(p -> p.policy() == RoutePolicy.TUNNEL_ONLY).isPresent();
    direct =
        only
            ? Optional.empty()
            : Optional.of(new Way(PacketEngines.local(EngineOptions.DEFAULT), bind));
    tunnel = way.proxy().map(proxy -> new Way(proxy.engine(EngineOptions.DEFAULT), bind));
  }

  @Override
  public boolean send(byte[] transaction, InetSocketAddress to) {
    boolean taken = direct.isPresent() && direct.get().send(transaction, to);
    boolean usable = way.proxy().filter(ProxyPath::isUsable).isPresent();
    if (usable && tunnel.isPresent()) {
      taken |= tunnel.get().send(transaction, to);
    }
    return taken;
  }

  @Override
  public void close() {
    direct.ifPresent(each -> each.engine.close());
    tunnel.ifPresent(each -> each.engine.close());
  }

  private static final class Way {
    private final PacketEngine engine;
    private final PacketPort port;

    private Way(PacketEngine engine, Endpoint bind) {
      this.engine = engine;
      this.port = engine.open(PortOptions.bind(bind), (from, datagram) -> {});
    }

    private boolean send(byte[] payload, InetSocketAddress to) {
      boolean taken = port.send(MemorySegment.ofArray(payload), 0, payload.length, Endpoint.of(to));
      port.flush();
      engine.doWork();
      return taken;
    }
  }
}
