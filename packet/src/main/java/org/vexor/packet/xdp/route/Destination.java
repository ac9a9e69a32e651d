package org.vexor.packet.xdp.route;

import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetworkSnapshot;
import org.vexor.linux.netlink.Route;
import org.vexor.linux.netlink.RouteKind;
import org.vexor.packet.xdp.header.FrameHeader;
import org.vexor.packet.xdp.header.HeaderWriter;

/// One destination as a snapshot of the network shows it. Owner thread only.
public final class Destination {
  private final FrameHeader header = new FrameHeader();
  private long high;
  private long low;
  private boolean framed;
  private int maxPayloadBytes;
  private long hopHigh;
  private long hopLow;
  private boolean used;

  Destination() {}

  boolean is(long otherHigh, long otherLow) {
    return low == otherLow && high == otherHigh;
  }

  /// Looks it up.
  ///
  /// @param out the interface that frames can be sent by
  void set(long newHigh, long newLow, NetworkSnapshot network, Link out) {
    // A newer snapshot does not change that it was used.
    used &= is(newHigh, newLow);
    high = newHigh;
    low = newLow;
    Route route = network.route(high, low);
    framed = route.kind() == RouteKind.UNICAST && route.interfaceIndex() == out.index();
    if (!framed) {
      return;
    }
    hopHigh = route.hasGateway() ? route.gatewayHigh() : high;
    hopLow = route.hasGateway() ? route.gatewayLow() : low;
    long mac = network.nextHopMac(route, high, low);
    framed = route.hasSource() && mac != NetworkSnapshot.UNKNOWN_MAC && out.mac() != -1;
    header.set(mac, out.mac(), high, low, route.sourceHigh(), route.sourceLow());
    maxPayloadBytes = route.mtuBytes() - HeaderWriter.headerBytes(header.isIpv4());
  }

  /// Whether a frame can be built for so long a payload; if not, the datagram is the kernel's.
  public boolean takes(int payloadBytes) {
    return framed && payloadBytes <= maxPayloadBytes;
  }

  /// What the headers of its frames have in common; when it [#takes].
  public FrameHeader header() {
    used = true;
    return header;
  }

  long hopHigh() {
    return hopHigh;
  }

  long hopLow() {
    return hopLow;
  }

  /// Whether frames were sent there since the last call.
  boolean takeUsed() {
    boolean was = used;
    used = false;
    return was;
  }
}
