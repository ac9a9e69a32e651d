package org.vexor.masque.tunnel;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.FrameDatagram;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;

/// A port of a [TunnelEngine]. Its number is known within the engine only.
final class TunnelPort extends RingPort {
  private final TunnelEngine engine;
  private final Endpoint local;
  private final DatagramHandler handler;
  private final TunnelTable tunnels = new TunnelTable();

  /// The send ring's memory as Netty reads it; one view, set to each datagram in turn.
  private final ByteBuffer outbound;

  private Optional<Endpoint> peer = Optional.empty();

  TunnelPort(
      TunnelEngine engine,
      EngineOptions options,
      Endpoint local,
      DatagramHandler handler,
      TrafficCounters counters) {
    super(SendRing.allocate(options, counters), counters, options.maxPayloadBytes());
    this.engine = engine;
    this.local = local;
    this.handler = handler;
    this.outbound = ring().segment().asByteBuffer();
  }

  @Override
  public Endpoint localEndpoint() {
    return local;
  }

  TunnelTable tunnels() {
    return tunnels;
  }

  @Override
  public int flush() {
    SendRing ring = ring();
    int handed = 0;
    while (ring.size() > 0) {
      int slot = ring.slot(0);
      PortTunnel to = tunnel(ring.high(slot), ring.low(slot), ring.port(slot));
      if (to != null && to.tunnel().maxPayloadBytes() > 0 && !to.tunnel().isWritable()) {
        // Its event loop is about to make room.
        return handed;
      }
      if (to != null && send(to, slot)) {
        handed++;
      } else if (to == null) {
        counters().dropped(DropReason.SEND_REFUSED, 1);
      }
      ring.pop(1);
    }
    return handed;
  }

  private @Nullable PortTunnel tunnel(long high, long low, int port) {
    PortTunnel known = tunnels.get(high, low, port);
    return known != null ? known : engine.openTunnel(this, high, low, port);
  }

  /// Whether the tunnel took it; if not, it is counted.
  private boolean send(PortTunnel to, int slot) {
    int length = ring().length(slot);
    int most = to.tunnel().maxPayloadBytes();
    if (most > 0 && length > most) {
      counters().dropped(DropReason.SEND_TOO_LARGE, 1);
      return false;
    }
    int offset = Math.toIntExact(ring().offset(slot));
    ByteBuf payload = ByteBufAllocator.DEFAULT.directBuffer(length);
    outbound.limit(offset + length).position(offset);
    payload.writeBytes(outbound);
    outbound.clear();
    to.used(engine.nowNs());
    if (!to.tunnel().send(payload)) {
      counters().dropped(DropReason.SEND_REFUSED, 1);
      return false;
    }
    counters().sent(length);
    return true;
  }

  /// A payload came; `datagram` is set to it but for its source.
  void received(PortTunnel from, FrameDatagram datagram) {
    boolean stranger =
        peer.isPresent() && !from.leadsTo(peer.get().high(), peer.get().low(), peer.get().port());
    if (!stranger) {
      counters().received(datagram.length());
      datagram.source(from.high(), from.low(), from.port());
      handler.onDatagram(this, datagram);
    }
  }

  /// The proxy refuses a tunnel of this port.
  void refused(PortTunnel tunnel) {
    if (peer.isPresent()
        && tunnel.leadsTo(peer.get().high(), peer.get().low(), peer.get().port())) {
      handler.onPeerRefused(this);
    }
  }

  @Override
  public boolean connect(Endpoint other) {
    peer = Optional.of(other);
    return true;
  }

  @Override
  public void disconnect() {
    peer = Optional.empty();
  }

  @Override
  protected void release() {
    engine.closed(this);
  }
}
