package org.vexor.quic.path;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.path.RouteDecision.Reason;

/// Chooses the route of each connection and explains the choice. Any thread.
public final class PathSelector {
  /// So many peers in a row that were reached by a tunnel alone say that nothing gets out directly.
  /// Then a new peer need not wait for that to be found out once more.
  private static final int DOWN_AFTER = 3;

  private final Route direct;
  private final Supplier<Optional<Route>> tunnel;
  private final Function<InetSocketAddress, RoutePolicy> policy;
  private final PathOptions options;
  private final Timer timer;
  private final Consumer<RouteDecision> observer;
  private final RecentFailures failures;

  /// Peers that were tried for directly a short while ago.
  private final RecentFailures tried;

  private final AtomicInteger reachedByTunnelAlone = new AtomicInteger();

  /// Selects between these.
  ///
  /// @param tunnel asked for each connection; empty while there is none
  /// @param policy asked for each connection
  /// @param observer told of each decision, before the connection is handed out; must not block
  public PathSelector(
      Route direct,
      Supplier<Optional<Route>> tunnel,
      Function<InetSocketAddress, RoutePolicy> policy,
      PathOptions options,
      Timer timer,
      Consumer<RouteDecision> observer) {
    this.direct = direct;
    this.tunnel = tunnel;
    this.policy = policy;
    this.options = options;
    this.timer = timer;
    this.observer = observer;
    this.failures = new RecentFailures(options.failureMemory(), options.rememberedPeers());
    this.tried = new RecentFailures(options.returnInterval(), options.rememberedPeers());
  }

  /// Connects by the route of the policy; fails with [NoRouteException].
  public CompletionStage<RoutedConnection> connect(ConnectRequest request) {
    RoutePolicy rule = policy.apply(request.remote());
    Optional<Route> other = tunnel.get();
    var choice = new Choice(request, rule, timer, observer);
    switch (rule) {
      case DIRECT_ONLY -> choice.only(direct);
      case TUNNEL_ONLY -> choice.only(other);
      case TUNNEL_IF_DIRECT_FAILS -> {
        if (other.isEmpty()) {
          choice.preferred(direct);
        } else if (failures.contains(request.remote(), timer.nowNs())) {
          choice.instead(other.get(), Reason.DIRECT_FAILED_RECENTLY);
        } else if (reachedByTunnelAlone.get() >= DOWN_AFTER) {
          choice.instead(other.get(), Reason.DIRECT_DOWN);
        } else {
          choice.oneAfterOther(direct, other.get(), options.directTimeout());
        }
      }
      case RACE -> {
        if (other.isEmpty()) {
          choice.preferred(direct);
        } else {
          choice.race(direct, other.get(), options.headStart());
        }
      }
    }
    CompletableFuture<RoutedConnection> result = choice.result();
    var _ = result.whenComplete((_, _) -> remember(choice));
    return result.minimalCompletionStage();
  }

  /// Tries the direct route beside a connection that goes by another one, where the policy would
  /// have preferred it and the last try is a while ago. The observer is told of a success alone.
  ///
  /// @param present how the other connection came to be
  /// @return empty when there is nothing to try
  public Optional<CompletionStage<RoutedConnection>> better(
      RouteDecision present, ConnectRequest request) {
    RoutePolicy rule = policy.apply(request.remote());
    boolean isDirect = present.route().equals(Optional.of(direct.name()));
    boolean mayReturn = rule == RoutePolicy.TUNNEL_IF_DIRECT_FAILS || rule == RoutePolicy.RACE;
    long nowNs = timer.nowNs();
    if (isDirect || !mayReturn || tried.contains(request.remote(), nowNs)) {
      return Optional.empty();
    }
    tried.add(request.remote(), nowNs);
    // As fast as it would have had to be to be chosen in the first place.
    Duration limit = rule == RoutePolicy.RACE ? options.headStart() : options.directTimeout();
    var choice = new Choice(request.withTimeout(limit), rule, timer, observer);
    choice.again(direct);
    CompletableFuture<RoutedConnection> result = choice.result();
    var _ = result.whenComplete((_, _) -> remember(choice));
    return Optional.of(result.minimalCompletionStage());
  }

  private void remember(Choice choice) {
    InetSocketAddress remote = choice.remote();
    for (RouteAttempt attempt : choice.attempts()) {
      if (attempt.route().equals(direct.name())) {
        switch (attempt.outcome()) {
          case CONNECTED -> {
            failures.remove(remote);
            reachedByTunnelAlone.set(0);
          }
          case FAILED -> {
            if (isReached(choice)) {
              reachedByTunnelAlone.incrementAndGet();
            }
            failures.add(remote, timer.nowNs());
            tried.add(remote, timer.nowNs());
          }
          case OVERTAKEN -> {
            // Slower is not broken.
          }
        }
      }
    }
  }

  private static boolean isReached(Choice choice) {
    return choice.attempts().stream()
        .anyMatch(attempt -> attempt.outcome() == RouteAttempt.Outcome.CONNECTED);
  }
}
