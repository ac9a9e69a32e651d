package org.vexor.node.route;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.select.PacketEngines;
import org.vexor.quic.PortLoops;
import org.vexor.solana.crypto.Keypair;

/// The ways by which the roles of a node may send. Any thread.
///
/// @param proxy if the node has one; the caller's
/// @param told of each decision
public record WayOut(Optional<ProxyPath> proxy, RouteListener told) {
  /// Straight to others, and not otherwise.
  public static final WayOut DIRECT = new WayOut(Optional.empty(), RouteListener.NONE);

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

  /// An engine for the one port of a role whose peers answer: straight, and where there is a proxy
  /// through that while nothing comes back the straight way.
  ///
  /// @param role for people: `gossip`
  /// @return the caller's, to be closed before the proxy is
  /// @throws org.vexor.packet.PortException when no engine opens
  public PacketEngine engine(String role, EngineOptions options) {
    PacketEngine direct = PacketEngines.local(options);
    return proxy.isEmpty()
        ? direct
        : new DetourEngine(role, direct, proxy.get(), options, told, System::nanoTime);
  }
}
