package org.vexor.quic.path;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.path.RouteAttempt.Outcome;
import org.vexor.quic.path.RouteDecision.Reason;

/// The routes of one connection being tried. Attempts end on any thread; one of them decides.
final class Choice {
  /// What an attempt that came too late is closed with.
  private static final String OVERTAKEN = "another route was faster";

  private final ConnectRequest request;
  private final RoutePolicy policy;
  private final Timer timer;
  private final Consumer<RouteDecision> observer;
  private final CompletableFuture<RoutedConnection> result = new CompletableFuture<>();
  private final List<RouteAttempt> attempts = new ArrayList<>();
  private final List<Running> running = new ArrayList<>();
  private boolean decided;

  Choice(
      ConnectRequest request, RoutePolicy policy, Timer timer, Consumer<RouteDecision> observer) {
    this.request = request;
    this.policy = policy;
    this.timer = timer;
    this.observer = observer;
  }

  private record Running(Route route, long startedNs) {}

  private interface Next {
    void run();
  }

  InetSocketAddress remote() {
    return request.remote();
  }

  CompletableFuture<RoutedConnection> result() {
    return result;
  }

  synchronized List<RouteAttempt> attempts() {
    return List.copyOf(attempts);
  }

  void only(Route route) {
    attempt(route, request, Reason.POLICY, this::nothingLeft);
  }

  void only(Optional<Route> route) {
    if (route.isPresent()) {
      only(route.get());
    } else {
      fail(Reason.NO_TUNNEL);
    }
  }

  void preferred(Route route) {
    attempt(route, request, Reason.DIRECT_PREFERRED, () -> fail(Reason.NO_TUNNEL));
  }

  void instead(Route tunnel, Reason why) {
    attempt(tunnel, request, why, this::nothingLeft);
  }

  /// The direct route beside a connection that is there already: a failure changes nothing, and
  /// nobody is told of it.
  void again(Route direct) {
    attempt(
        direct,
        request,
        Reason.DIRECT_AGAIN,
        () -> fail(Reason.NOTHING_CAME_THROUGH, decision -> {}));
  }

  void oneAfterOther(Route first, Route second, Duration firstTimeout) {
    Duration timeout =
        request.timeout().compareTo(firstTimeout) < 0 ? request.timeout() : firstTimeout;
    attempt(
        first,
        request.withTimeout(timeout),
        Reason.DIRECT_PREFERRED,
        () -> attempt(second, request, Reason.DIRECT_FAILED, this::nothingLeft));
  }

  void race(Route first, Route second, Duration headStart) {
    var other = new Once(() -> attempt(second, request, Reason.WON_RACE, this::nothingLeft));
    attempt(
        first,
        request,
        Reason.WON_RACE,
        () -> {
          other.run();
          nothingLeft();
        });
    timer.after(headStart, other);
  }

  /// The second of two racers starts when its time has come or the first failed, whichever is
  /// first, and not at all when the race is over.
  private final class Once implements Runnable {
    private final Runnable task;
    private boolean ran;

    private Once(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      synchronized (Choice.this) {
        if (ran || decided) {
          return;
        }
        ran = true;
      }
      task.run();
    }
  }

  private void attempt(Route route, ConnectRequest by, Reason ifConnected, Next ifFailed) {
    var started = new Running(route, timer.nowNs());
    synchronized (this) {
      running.add(started);
    }
    var _ =
        route
            .connect(by)
            .whenComplete(
                (connection, failure) -> {
                  if (failure == null) {
                    connected(started, connection, ifConnected);
                  } else {
                    failed(started, failure, ifFailed);
                  }
                });
  }

  private void connected(Running winner, QuicConnection connection, Reason reason) {
    synchronized (this) {
      running.remove(winner);
      if (!decided) {
        ended(winner, Outcome.CONNECTED, "");
        running.forEach(other -> ended(other, Outcome.OVERTAKEN, ""));
        decided = true;
      } else {
        connection.close(0, OVERTAKEN);
        return;
      }
    }
    RouteDecision decision = decision(Optional.of(winner.route().name()), reason);
    observer.accept(decision);
    result.complete(new RoutedConnection(connection, decision));
  }

  private void failed(Running loser, Throwable failure, Next next) {
    synchronized (this) {
      running.remove(loser);
      if (decided) {
        return;
      }
      Throwable cause =
          failure instanceof CompletionException && failure.getCause() != null
              ? failure.getCause()
              : failure;
      ended(loser, Outcome.FAILED, String.valueOf(cause.getMessage()));
    }
    next.run();
  }

  private void ended(Running attempt, Outcome outcome, String detail) {
    Duration took = Duration.ofNanos(timer.nowNs() - attempt.startedNs());
    attempts.add(new RouteAttempt(attempt.route().name(), outcome, took, detail));
  }

  private void nothingLeft() {
    synchronized (this) {
      if (!running.isEmpty()) {
        return;
      }
    }
    fail(Reason.NOTHING_CAME_THROUGH);
  }

  private void fail(Reason reason) {
    fail(reason, observer);
  }

  private void fail(Reason reason, Consumer<RouteDecision> told) {
    synchronized (this) {
      if (decided) {
        return;
      }
      decided = true;
    }
    RouteDecision decision = decision(Optional.empty(), reason);
    told.accept(decision);
    result.completeExceptionally(new NoRouteException(decision));
  }

  private RouteDecision decision(Optional<String> route, Reason reason) {
    return new RouteDecision(request.remote(), policy, route, reason, attempts());
  }
}
