package org.vexor.linux.netlink;

import java.util.Optional;
import org.vexor.linux.socket.SocketAddress;

/// A route with its place in the kernel's tables (RTM_NEWROUTE).
///
/// @param prefix in bits of the mapped form: 96..128 for IPv4
/// @param metric unsigned; the lowest wins
record RouteEntry(
    boolean ipv4, int table, long high, long low, int prefix, int metric, Route route) {
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;
  private static final int HEADER_BYTES = 12;
  private static final int RTA_DST = 1;
  private static final int RTA_OIF = 4;
  private static final int RTA_GATEWAY = 5;
  private static final int RTA_PRIORITY = 6;
  private static final int RTA_PREFSRC = 7;
  private static final int RTA_METRICS = 8;
  private static final int RTA_MULTIPATH = 9;
  private static final int RTA_TABLE = 15;
  private static final int RTA_VIA = 18;
  private static final int RTA_ENCAP_TYPE = 21;
  private static final int RTAX_MTU = 2;
  private static final int RTNH_F_DEAD = 1;

  /// Learned for one destination (path MTU, redirect); changes without an event.
  private static final int RTM_F_CLONED = 0x200;

  /// Reads rtmsg (family 0, dst_len 1, src_len 2, tos 3, table 4, type 7, flags 8:4) and
  /// attributes; empty when it is none or does not concern us: dead, learned, or for a type of
  /// service that we never send.
  static Optional<RouteEntry> parse(Bytes body) {
    int family = body.u8(0);
    boolean ipv4 = family == AF_INET;
    boolean other = body.length() < HEADER_BYTES || (!ipv4 && family != AF_INET6);
    if (other
        || (body.s32(8) & (RTNH_F_DEAD | RTM_F_CLONED)) != 0
        || (ipv4 && body.u8(3) != 0)
        || body.u8(1) > (ipv4 ? 32 : 128)) {
      return Optional.empty();
    }
    Bytes attributes = body.after(HEADER_BYTES);
    Bytes to = attributes.attribute(RTA_DST).orElse(Bytes.none());
    long low = ipv4 && !to.isAddress() ? SocketAddress.MAPPED_PREFIX : to.addressLow();
    return Optional.of(
        new RouteEntry(
            ipv4,
            attributes.s32Attribute(RTA_TABLE, body.u8(4)),
            to.addressHigh(),
            low,
            body.u8(1) + (ipv4 ? 96 : 0),
            attributes.s32Attribute(RTA_PRIORITY, 0),
            route(body, attributes)));
  }

  private static Route route(Bytes body, Bytes attributes) {
    int oif = attributes.s32Attribute(RTA_OIF, 0);
    RouteKind kind = kind(body, attributes, oif);
    if (kind != RouteKind.UNICAST) {
      return new Route(kind, oif, 0, 0, 0, 0, 0);
    }
    // RTA_VIA: family 0:2, address; an IPv4 route by an IPv6 neighbour.
    Bytes gateway =
        attributes
            .attribute(RTA_GATEWAY)
            .or(() -> attributes.attribute(RTA_VIA).map(via -> via.after(2)))
            .orElse(Bytes.none());
    Bytes source = attributes.attribute(RTA_PREFSRC).orElse(Bytes.none());
    Bytes metrics = attributes.attribute(RTA_METRICS).orElse(Bytes.none());
    return new Route(
        kind,
        oif,
        gateway.addressHigh(),
        gateway.addressLow(),
        source.addressHigh(),
        source.addressLow(),
        Math.max(metrics.s32Attribute(RTAX_MTU, 0), 0));
  }

  private static RouteKind kind(Bytes body, Bytes attributes, int oif) {
    if (body.u8(2) != 0) {
      return RouteKind.POLICY;
    }
    RouteKind kind = RouteKind.of(body.u8(7));
    if (kind != RouteKind.UNICAST) {
      return kind;
    }
    if (attributes.attribute(RTA_ENCAP_TYPE).isPresent()) {
      return RouteKind.ENCAPSULATED;
    }
    boolean several = attributes.attribute(RTA_MULTIPATH).isPresent();
    return several || oif == 0 ? RouteKind.MULTIPATH : kind;
  }
}
