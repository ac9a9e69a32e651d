package org.vexor.node.route;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;
import org.vexor.quic.PortLoops;
import org.vexor.quic.path.RouteDecision;
import org.vexor.solana.crypto.Keypair;

/// The ways by which the roles of a node may send. Any thread.
///
/// @param proxy if the node has one; the caller's
/// @param told of each decision; must not block
public record WayOut(Optional<ProxyPath> proxy, Consumer<RouteDecision> told) {
  /// Straight to others, and not otherwise.
  public static final WayOut DIRECT = new WayOut(Optional.empty(), _ -> {});

  /// Connections to leaders under one identity.
  ///
  /// @param local where the direct ports are bound; with several its port number is 0
  /// @param ports direct ones
  /// @throws IllegalStateException when the address cannot be bound
  /// @throws org.vexor.packet.PortException when no engine opens
  public LeaderRoutes leaders(
      PortLoops loops, InetSocketAddress local, int ports, Keypair identity) {
    return LeaderRoutes.open(this, loops, local, ports, identity);
  }
}
