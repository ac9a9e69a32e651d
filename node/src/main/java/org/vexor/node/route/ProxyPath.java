package org.vexor.node.route;

import java.util.Optional;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.quic.QuicClient;
import org.vexor.quic.path.Route;
import org.vexor.quic.path.RoutePolicy;

/// The node's proxy as a way to others, for each role that sends. Any thread.
public interface ProxyPath {
  /// For people: `tunnel by proxy.example:4443`.
  String name();

  /// Whether datagrams get through now.
  boolean isUsable();

  /// When it is to be used. [RoutePolicy#TUNNEL_ONLY] means that nothing may go past it.
  RoutePolicy policy();

  /// An engine whose ports reach the world through the proxy, each destination by a tunnel of its
  /// own. It drops what is sent while the proxy cannot be used.
  ///
  /// @return the caller's, to be driven by its thread and closed before the node's proxy is
  PacketEngine engine(EngineOptions options);

  /// The route over an endpoint that was bound on such an engine; empty while the proxy cannot be
  /// used. What a [org.vexor.quic.path.PathSelector] asks for.
  default Optional<Route> route(QuicClient bound) {
    return isUsable() ? Optional.of(Route.over(name(), bound)) : Optional.empty();
  }
}
