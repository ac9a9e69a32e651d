package org.vexor.tpu.send;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.PortLoops;
import org.vexor.quic.QuicClient;
import org.vexor.quic.cache.Connector;
import org.vexor.quic.path.PathOptions;
import org.vexor.quic.path.PathSelector;
import org.vexor.quic.path.Route;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutePolicy;
import org.vexor.quic.path.RoutedConnection;
import org.vexor.quic.path.Timer;
import org.vexor.quic.tls.Ed25519Key;
import org.vexor.quic.tls.TlsIdentity;
import org.vexor.quic.tls.TlsOptions;
import org.vexor.solana.crypto.Keypair;

/// The ways to leaders: UDP ports of this host from which connections go out under one identity,
/// and a tunnel where there is one. Any thread.
public final class LeaderPaths implements Connector, AutoCloseable {
  private final QuicClient client;
  private final PathSelector selector;
  private final Timer timer;

  private LeaderPaths(
      PortLoops loops,
      QuicClient client,
      Supplier<Optional<Route>> tunnel,
      Function<InetSocketAddress, RoutePolicy> policy,
      Consumer<RouteDecision> observer) {
    this.client = client;
    this.timer = Timer.on(loops.executor(), System::nanoTime);
    this.selector =
        new PathSelector(
            Route.over("direct", client), tunnel, policy, PathOptions.DEFAULT, timer, observer);
  }

  /// Directly and not otherwise.
  ///
  /// @param local where to bind; with several ports its port number is 0
  /// @param ports and so event loops, over which connections are spread
  /// @throws IllegalStateException when the address cannot be bound
  public static LeaderPaths direct(
      PortLoops loops, InetSocketAddress local, int ports, Keypair identity) {
    return routed(
        loops, local, ports, identity, Optional::empty, _ -> RoutePolicy.DIRECT_ONLY, _ -> {});
  }

  /// Directly or through a tunnel, as the policy says.
  ///
  /// @param tunnel asked for each connection; connects with [#tls] of the same identity
  /// @param policy asked for each connection
  /// @param observer told of each choice; must not block
  /// @throws IllegalStateException when the address cannot be bound
  public static LeaderPaths routed(
      PortLoops loops,
      InetSocketAddress local,
      int ports,
      Keypair identity,
      Supplier<Optional<Route>> tunnel,
      Function<InetSocketAddress, RoutePolicy> policy,
      Consumer<RouteDecision> observer) {
    var client =
        QuicClient.bind(
            loops.transport(), local, ports, tls(identity), EndpointOptions.SOLANA_CLIENT);
    return new LeaderPaths(loops, client, tunnel, policy, observer);
  }

  /// What a client of transaction ports shows, by which its stake is known, and believes.
  public static TlsOptions tls(Keypair identity) {
    Ed25519Key key = Ed25519Key.of(identity.publicKey().bytes());
    return TlsOptions.solana(TlsIdentity.solana(identity.privateKey(), key));
  }

  @Override
  public CompletionStage<RoutedConnection> connect(ConnectRequest request) {
    return selector.connect(request);
  }

  @Override
  public Optional<CompletionStage<RoutedConnection>> better(
      RouteDecision present, ConnectRequest request) {
    return selector.better(present, request);
  }

  /// On the event loops of these paths.
  public Timer timer() {
    return timer;
  }

  /// The direct ports.
  public QuicClient client() {
    return client;
  }

  @Override
  public void close() {
    client.close();
  }
}
