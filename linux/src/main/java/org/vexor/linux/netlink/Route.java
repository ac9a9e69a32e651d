package org.vexor.linux.netlink;

/// How packets to one prefix leave. Addresses are two longs in network order, IPv4 mapped.
///
/// @param kind only [RouteKind#UNICAST] means that a frame can be built from the rest
/// @param interfaceIndex the interface to send by, 0 for none
/// @param gatewayHigh upper half of the gateway; it may be IPv6 for an IPv4 destination
/// @param gatewayLow lower half of the gateway; both 0 when the destination is on the link
/// @param sourceHigh upper half of the source address
/// @param sourceLow lower half of the source address; both 0 when the choice is the kernel's
/// @param mtuBytes largest IP packet, the smaller of route's and interface's; 0 when not known
public record Route(
    RouteKind kind,
    int interfaceIndex,
    long gatewayHigh,
    long gatewayLow,
    long sourceHigh,
    long sourceLow,
    int mtuBytes) {
  /// A route of a kind that the kernel alone handles.
  static Route without(RouteKind kind) {
    return new Route(kind, 0, 0, 0, 0, 0, 0);
  }

  /// Whether frames go to the gateway instead of the destination itself.
  public boolean hasGateway() {
    return (gatewayHigh | gatewayLow) != 0;
  }

  /// Whether the source address is known.
  public boolean hasSource() {
    return (sourceHigh | sourceLow) != 0;
  }

  Route withSource(long high, long low) {
    return new Route(kind, interfaceIndex, gatewayHigh, gatewayLow, high, low, mtuBytes);
  }

  Route withMtu(int bytes) {
    return new Route(kind, interfaceIndex, gatewayHigh, gatewayLow, sourceHigh, sourceLow, bytes);
  }
}
