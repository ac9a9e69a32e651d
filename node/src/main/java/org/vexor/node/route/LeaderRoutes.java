package org.vexor.node.route;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.vexor.packet.EngineOptions;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.PortLoops;
import org.vexor.quic.QuicClient;
import org.vexor.quic.path.Route;
import org.vexor.quic.path.RoutePolicy;
import org.vexor.solana.crypto.Keypair;
import org.vexor.tpu.send.LeaderPaths;

/// QUIC to leaders by the ways of a [WayOut], the same identity on each. TLS is with the leader,
/// whichever way: a proxy sees packets of QUIC.
public final class LeaderRoutes implements AutoCloseable {
  private final LeaderPaths paths;
  private final Optional<Tunnel> tunnel;

  private LeaderRoutes(LeaderPaths paths, Optional<Tunnel> tunnel) {
    this.paths = paths;
    this.tunnel = tunnel;
  }

  static LeaderRoutes open(
      WayOut way, PortLoops loops, InetSocketAddress local, int ports, Keypair identity) {
    if (way.proxy().isEmpty()) {
      return new LeaderRoutes(LeaderPaths.direct(loops, local, ports, identity), Optional.empty());
    }
    ProxyPath proxy = way.proxy().get();
    RoutePolicy policy = proxy.policy();
    Tunnel tunnel = new Tunnel(proxy, local.getAddress(), identity);
    try {
      LeaderPaths paths =
          LeaderPaths.routed(
              loops, local, ports, identity, tunnel, _ -> policy, way.told()::decided);
      return new LeaderRoutes(paths, Optional.of(tunnel));
    } catch (IllegalStateException e) {
      tunnel.close();
      throw e;
    }
  }

  /// What a sender connects by.
  public LeaderPaths paths() {
    return paths;
  }

  @Override
  public void close() {
    paths.close();
    tunnel.ifPresent(Tunnel::close);
  }

  /// An endpoint whose packets go through the proxy, each leader's by a tunnel of its own.
  ///
  /// How large packets may be the endpoint finds out as on any path: what is too large for the
  /// tunnel does not arrive. Leaders are told to send the smallest that QUIC knows, since they send
  /// little but acknowledgements, and since masque-go's proxy ends a tunnel at the first packet
  /// that does not fit, such as a leader's probe of the path.
  private static final class Tunnel implements Supplier<Optional<Route>>, AutoCloseable {
    private final ProxyPath proxy;
    private final PortLoops loops;
    private final QuicClient client;

    private Tunnel(ProxyPath proxy, InetAddress family, Keypair identity) {
      this.proxy = proxy;
      loops = PortLoops.start("masque-leaders", 1, () -> proxy.engine(EngineOptions.DEFAULT));
      client =
          QuicClient.bind(
              loops.transport(),
              new InetSocketAddress(family, 0),
              1,
              LeaderPaths.tls(identity),
              EndpointOptions.SOLANA_CLIENT.withMaxReceived(EndpointOptions.SMALLEST_MTU));
    }

    @Override
    public Optional<Route> get() {
      return proxy.route(client);
    }

    @Override
    public void close() {
      client.close();
      loops.close();
    }
  }
}
