package org.vexor.node.route;

import java.lang.foreign.MemorySegment;
import java.util.function.LongSupplier;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.frame.RingPort;
import org.vexor.packet.frame.SendRing;

/// The port of a [DetourEngine]: keeps datagrams until the flush, when it is known which way they
/// go. One counts as sent when that way has taken it; what becomes of it there that way counts.
final class DetourPort extends RingPort {
  private final Ways ways;
  private final Detour detour;
  private final LongSupplier clockNs;

  /// @param direct the port of the sockets
  /// @param tunnel the port of the tunnel
  record Ways(PacketPort direct, PacketPort tunnel) {}

  DetourPort(
      EngineOptions options,
      Ways ways,
      Detour detour,
      LongSupplier clockNs,
      TrafficCounters counters) {
    super(
        SendRing.allocate(options, counters),
        counters,
        Math.min(ways.direct().maxPayloadBytes(), ways.tunnel().maxPayloadBytes()));
    this.ways = ways;
    this.detour = detour;
    this.clockNs = clockNs;
  }

  @Override
  public Endpoint localEndpoint() {
    return ways.direct().localEndpoint();
  }

  @Override
  public int flush() {
    SendRing ring = ring();
    int handed = 0;
    long nowNs = clockNs.getAsLong();
    boolean isFull = false;
    while (ring.size() > 0 && !isFull) {
      int slot = ring.slot(0);
      boolean straight = !detour.isTunnel();
      PacketPort way = straight ? ways.direct() : ways.tunnel();
      long taken = hand(way, slot);
      isFull = taken == PacketPort.FULL;
      if (!isFull) {
        if (taken >= 0) {
          handed++;
          counters().sent(ring.length(slot));
          if (straight || (detour.takeProbe(nowNs) && hand(ways.direct(), slot) >= 0)) {
            detour.sent(ring.high(slot), ring.low(slot), ring.port(slot), nowNs);
          }
        } else {
          counters().dropped(DropReason.SEND_REFUSED, 1);
        }
        ring.pop(1);
      }
    }
    int _ = ways.direct().flush();
    int _ = ways.tunnel().flush();
    return handed;
  }

  /// @return as `reserve` of that way
  private long hand(PacketPort way, int slot) {
    SendRing ring = ring();
    int length = ring.length(slot);
    long room = way.reserve(length);
    if (room == PacketPort.FULL) {
      int _ = way.flush();
      room = way.reserve(length);
    }
    if (room >= 0) {
      MemorySegment.copy(ring.segment(), ring.offset(slot), way.sendSegment(), room, length);
      way.commit(length, ring.high(slot), ring.low(slot), ring.port(slot));
    }
    return room;
  }

  @Override
  protected void release() {
    ways.direct().close();
    ways.tunnel().close();
  }
}
