package org.vexor.linux.netlink;

/// What becomes of a packet to a destination. Only [#UNICAST] says where to send a frame; with
/// every other kind the packet belongs to a kernel socket, which does or refuses the right thing.
public enum RouteKind {
  /// To one neighbour by one interface.
  UNICAST,
  /// To this host itself.
  LOCAL,
  /// To all on a link (IPv4).
  BROADCAST,
  /// To this host as one of several (IPv6).
  ANYCAST,
  /// To a group.
  MULTICAST,
  /// No route, or one that refuses: unreachable, prohibit, blackhole.
  UNREACHABLE,
  /// The kernel chooses among several next hops, or has them in an object of their own.
  MULTIPATH,
  /// The kernel wraps the packet (MPLS, SRv6, tunnel metadata).
  ENCAPSULATED,
  /// More than the destination decides: policy rules, source-specific routes.
  POLICY,
  /// "Look in the next table"; a lookup does so and never gives this.
  THROW;

  /// RTN_ numbers (linux/rtnetlink.h); one that is not known is left to the kernel.
  static RouteKind of(int routeType) {
    return switch (routeType) {
      case 1 -> UNICAST;
      case 2 -> LOCAL;
      case 3 -> BROADCAST;
      case 4 -> ANYCAST;
      case 5 -> MULTICAST;
      case 6, 7, 8 -> UNREACHABLE;
      case 9 -> THROW;
      default -> POLICY;
    };
  }
}
