package org.vexor.masque.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Dials in several ways at once, the better ones with a head start. On one executor's thread.
public final class LinkRace {
  private final ScheduledExecutorService executor;
  private final List<Dialer> dialers;
  private final Duration headStart;
  private final Outcome outcome;
  private final List<String> failures = new ArrayList<>();
  private Optional<ProxyLink> winner = Optional.empty();
  private int started;
  private boolean cancelled;

  /// Is told what comes of it, on the executor's thread.
  public interface Outcome {
    /// The first link.
    void won(ProxyLink link);

    /// One of a better HTTP version came after it.
    void better(ProxyLink link);

    /// No dial got there.
    void lost(String why);

    /// One did not.
    default void failed(Dialer dialer, String why) {}
  }

  /// @param executor of one thread
  /// @param dialers better ones first
  /// @param headStart of each before the next, from when it is prepared
  public LinkRace(
      ScheduledExecutorService executor,
      List<Dialer> dialers,
      Duration headStart,
      Outcome outcome) {
    this.executor = executor;
    this.dialers = List.copyOf(dialers);
    this.headStart = headStart;
    this.outcome = outcome;
  }

  /// Begins.
  public void start() {
    startNext();
  }

  private void startNext() {
    if (cancelled || winner.isPresent() || started == dialers.size()) {
      return;
    }
    Dialer dialer = dialers.get(started++);
    // The head start is over the network: what this host takes to begin is not the proxy's silence.
    var _ = dialer.prepare().whenCompleteAsync((_, _) -> dial(dialer), executor);
  }

  private void dial(Dialer dialer) {
    if (cancelled) {
      return;
    }
    int place = started;
    var _ =
        dialer
            .dial()
            .whenCompleteAsync(
                (link, failure) -> {
                  if (failure == null) {
                    arrived(link);
                  } else {
                    failed(dialer, DialException.reason(failure));
                  }
                },
                executor);
    if (started < dialers.size()) {
      var _ =
          executor.schedule(
              () -> {
                if (started == place) {
                  startNext();
                }
              },
              headStart.toNanos(),
              TimeUnit.NANOSECONDS);
    }
  }

  private void arrived(ProxyLink link) {
    if (cancelled) {
      link.close("no longer wanted");
    } else if (winner.isEmpty()) {
      winner = Optional.of(link);
      outcome.won(link);
    } else if (link.version().compareTo(winner.get().version()) < 0) {
      winner = Optional.of(link);
      outcome.better(link);
    } else {
      link.close("another one came first");
    }
  }

  private void failed(Dialer dialer, String why) {
    failures.add(dialer.name() + ": " + why);
    if (cancelled) {
      return;
    }
    outcome.failed(dialer, why);
    if (failures.size() == dialers.size() && winner.isEmpty()) {
      outcome.lost(String.join("; ", failures));
    } else if (failures.size() == started) {
      startNext();
    }
  }

  /// Links that still come are closed; nothing more is told.
  public void cancel() {
    cancelled = true;
  }
}
