package org.vexor.gossip.crds;

import org.vexor.packet.Endpoint;

/// An address as a contact info has it. An IPv4 address and its IPv6-mapped form are different
/// bytes there, so the family is kept.
///
/// @param high upper half in the form of [Endpoint]
/// @param low lower half in the form of [Endpoint]
/// @param ipv6 which family the wire names
public record IpAddress(long high, long low, boolean ipv6) {
  private static final long MULTICAST_V4 = 0xe;
  private static final long MULTICAST_V6 = 0xff;

  /// The address of an endpoint.
  public static IpAddress of(Endpoint endpoint) {
    return new IpAddress(endpoint.high(), endpoint.low(), !endpoint.isIpv4());
  }

  /// With a port number.
  public Endpoint withPort(int port) {
    return new Endpoint(high, low, port);
  }

  /// Whether one host can be reached by it: neither unspecified nor multicast.
  public boolean isUnicast() {
    if (Endpoint.isIpv4(high, low)) {
      return (int) low != 0 && (low >>> 28 & 0xf) != MULTICAST_V4;
    }
    return (high != 0 || low != 0) && high >>> 56 != MULTICAST_V6;
  }
}
