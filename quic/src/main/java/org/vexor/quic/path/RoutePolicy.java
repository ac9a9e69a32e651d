package org.vexor.quic.path;

/// Which routes a connection may take.
public enum RoutePolicy {
  DIRECT_ONLY,
  TUNNEL_ONLY,

  /// Direct first; the tunnel when that failed, also when it failed a short while ago.
  TUNNEL_IF_DIRECT_FAILS,

  /// Direct with a head start, then both; the first to come through wins.
  RACE
}
