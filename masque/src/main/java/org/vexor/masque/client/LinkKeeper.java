package org.vexor.masque.client;

import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.vexor.masque.http.RequestFailure;
import org.vexor.masque.http.RequestHead;
import org.vexor.masque.http.ResponseHandler;
import org.vexor.masque.link.DialException;
import org.vexor.masque.link.Dialer;
import org.vexor.masque.link.LinkRace;
import org.vexor.masque.link.ProxyLink;
import org.vexor.quic.cache.Backoff;

/// Keeps links to the proxy, as many and as good as can be had. All on the control loop.
final class LinkKeeper {
  private static final Duration REDIAL_PAUSE = Duration.ofMillis(400);

  /// Over the first seconds; then the races and their pauses are as good.
  private static final int REDIALS = 8;

  private final EventLoop control;
  private final ClientOptions options;
  private final List<Dialer> dialers;
  private final StatusBoard board;
  private final Backoff backoff;
  private final TunnelOpener tunnels;
  private final List<HeldLink> links = new ArrayList<>();
  private final Set<HeldLink> retired = new LinkedHashSet<>();
  private Optional<LinkRace> race = Optional.empty();
  private boolean dialling;
  private int failures;
  private boolean closed;

  /// @param dialers better ones first
  LinkKeeper(EventLoop control, ClientOptions options, List<Dialer> dialers, StatusBoard board) {
    this.control = control;
    this.options = options;
    this.dialers = dialers;
    this.board = board;
    this.backoff =
        new Backoff(
            options.times().firstPause(), options.times().longestPause(), new SecureRandom());
    this.tunnels = new TunnelOpener(this, options);
  }

  EventLoop control() {
    return control;
  }

  TunnelOpener tunnels() {
    return tunnels;
  }

  void start() {
    race();
    every(options.times().probeInterval(), this::probe);
    every(options.times().probeInterval(), this::lookForSilence);
    every(options.times().returnInterval(), this::lookForBetter);
  }

  private void every(Duration interval, Runnable task) {
    var _ =
        control.scheduleWithFixedDelay(
            () -> {
              if (!closed) {
                task.run();
              }
            },
            interval.toNanos(),
            interval.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void race() {
    if (closed || dialling || !links.isEmpty()) {
      return;
    }
    dialling = true;
    var next =
        new LinkRace(
            control,
            dialers,
            options.times().headStart(),
            new LinkRace.Outcome() {
              @Override
              public void won(ProxyLink link) {
                dialling = false;
                failures = 0;
                up(link);
              }

              @Override
              public void better(ProxyLink link) {
                up(link);
              }

              @Override
              public void failed(Dialer dialer, String why) {
                board.dialFailed(dialer.name(), why);
              }

              @Override
              public void lost(String why) {
                dialling = false;
                failures++;
                board.unreachable(why);
                var _ =
                    control.schedule(
                        LinkKeeper.this::race,
                        backoff.pause(failures).toNanos(),
                        TimeUnit.NANOSECONDS);
              }
            });
    race = Optional.of(next);
    next.start();
  }

  private void up(ProxyLink link) {
    if (closed) {
      link.close("the client was closed");
      return;
    }
    var held = new HeldLink(link, System.nanoTime());
    links.add(held);
    links.sort(Comparator.comparing(each -> each.link.version()));
    retireWorse();
    board.connected(link.version());
    var _ = link.closed().thenAcceptAsync(why -> down(held, why), control);
    tunnels.linkUp();
  }

  /// Links of a worse version than the best get no new tunnels, and lose theirs to the better ones.
  private void retireWorse() {
    ProxyLink best = links.getFirst().link;
    links.removeIf(
        held -> {
          boolean worse = held.link.version().compareTo(best.version()) > 0;
          if (worse) {
            retired.add(held);
          }
          return worse;
        });
    closeUnused();
  }

  /// Ends retired links that carry nothing any more.
  void closeUnused() {
    retired.removeIf(
        held -> {
          boolean unused = held.tunnels == 0;
          if (unused) {
            held.link.close("no longer used");
          }
          return unused;
        });
  }

  /// It is over, or takes no more requests; then its tunnels go on until they end.
  private void down(HeldLink held, String why) {
    boolean had = links.remove(held);
    retired.remove(held);
    if (!had || closed) {
      return;
    }
    if (links.isEmpty()) {
      board.unreachable(why);
      race.ifPresent(LinkRace::cancel);
      dialling = false;
      race();
      redial(REDIALS);
    }
  }

  /// A proxy that is started again loses what came before it listened, and QUIC sends its first
  /// packet again only after a second, then three: another connection is quicker.
  private void redial(int times) {
    var _ =
        control.schedule(
            () -> {
              if (closed || !links.isEmpty() || times == 0) {
                return;
              }
              var _ =
                  dialers
                      .getFirst()
                      .dial()
                      .whenCompleteAsync(
                          (link, failure) -> {
                            if (failure == null) {
                              redialled(link);
                            }
                          },
                          control);
              redial(times - 1);
            },
            REDIAL_PAUSE.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  private void redialled(ProxyLink link) {
    boolean worse =
        !links.isEmpty() && links.getFirst().link.version().compareTo(link.version()) <= 0;
    if (worse) {
      link.close("another one came first");
      return;
    }
    race.ifPresent(LinkRace::cancel);
    dialling = false;
    failures = 0;
    up(link);
  }

  private void probe() {
    long nowNs = System.nanoTime();
    Duration interval = options.times().probeInterval();
    Duration deadAfter = options.times().deadAfter();
    var all = new ArrayList<>(links);
    all.addAll(retired);
    for (HeldLink held : all) {
      if (held.isDead(nowNs, interval, deadAfter)) {
        held.link.close("the proxy gave no sign of life for " + deadAfter.toMillis() + " ms");
      }
    }
  }

  private void lookForSilence() {
    if (!links.isEmpty()) {
      board.capsulesInVain(tunnels.capsulesInVain(System.nanoTime()));
    }
  }

  private void lookForBetter() {
    boolean worse =
        !links.isEmpty()
            && links.getFirst().link.version().compareTo(options.versions().getFirst()) > 0;
    if (worse && !dialling) {
      dial(dialers.getFirst());
    }
  }

  private void dial(Dialer dialer) {
    dialling = true;
    var _ =
        dialer
            .dial()
            .whenCompleteAsync(
                (link, failure) -> {
                  dialling = false;
                  if (failure == null) {
                    up(link);
                  } else {
                    board.dialFailed(dialer.name(), DialException.reason(failure));
                    race();
                  }
                },
                control);
  }

  /// A link for one more tunnel; empty when there is none now, and then one is being tried for if
  /// it may.
  Optional<HeldLink> room() {
    Optional<HeldLink> found = links.stream().filter(held -> !held.full).findFirst();
    if (found.isEmpty() && !links.isEmpty() && links.size() < options.links() && !dialling) {
      boolean best = links.getFirst().link.version() == options.versions().getFirst();
      dial(best ? dialers.getFirst() : dialers.getLast());
    }
    return found;
  }

  boolean isHeld(HeldLink held) {
    return links.contains(held);
  }

  /// Sends a request that is no tunnel of UDP. Any thread.
  void request(RequestHead head, ResponseHandler handler) {
    control.execute(
        () ->
            room()
                .ifPresentOrElse(
                    held -> held.link.request(head, handler),
                    () ->
                        handler.failed(
                            new RequestFailure(
                                RequestFailure.Kind.CONNECTION,
                                0,
                                "no connection to the proxy: " + board.status()))));
  }

  /// A tunnel was closed by its user. Any thread.
  void closed(ManagedTunnel tunnel) {
    control.execute(() -> tunnels.forget(tunnel));
  }

  void close() {
    closed = true;
    race.ifPresent(LinkRace::cancel);
    tunnels.close();
    var all = new ArrayList<>(links);
    all.addAll(retired);
    links.clear();
    retired.clear();
    all.forEach(held -> held.link.close("the client was closed"));
    board.closed();
  }

  /// Connections that are held.
  int linkCount() {
    return links.size();
  }
}
