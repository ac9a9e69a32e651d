package org.vexor.quic.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.vexor.quic.Application;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.KeepAlive;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutedConnection;
import org.vexor.quic.path.Timer;

/// Keeps connections to many peers, opens them again when they are lost, and closes what nobody
/// uses. Any thread; a lock guards the table and is never held while something is waited for.
public final class ConnectionCache implements AutoCloseable {
  private static final int CLOSED_BY_CACHE = 0;

  /// How long a connection lives on whose place another has taken: what it sent is acknowledged.
  private static final Duration HAND_OVER = Duration.ofSeconds(2);

  private final Connector connector;
  private final Function<Target, Application> applications;
  private final KeepAlive keepAlive;
  private final CacheOptions options;
  private final PauseRule pauses;
  private final Timer timer;
  private final Backoff backoff;
  private final CacheObserver observer;
  private final Map<CacheEvent, LongAdder> counts = new EnumMap<>(CacheEvent.class);

  /// In order of use, least recent first.
  private final Map<Target, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

  private boolean closed;

  /// An empty cache.
  ///
  /// @param applications who speaks on the connections to a target
  /// @param pauses how long to keep away from a peer that ended a connection
  /// @param random of the pauses after failures
  public ConnectionCache(
      Connector connector,
      Function<Target, Application> applications,
      KeepAlive keepAlive,
      CacheOptions options,
      PauseRule pauses,
      Timer timer,
      RandomGenerator random,
      CacheObserver observer) {
    this.connector = connector;
    this.applications = applications;
    this.keepAlive = keepAlive;
    this.options = options;
    this.pauses = pauses;
    this.timer = timer;
    this.backoff = new Backoff(options.firstPause(), options.longestPause(), random);
    this.observer = observer;
    for (CacheEvent event : CacheEvent.values()) {
      counts.put(event, new LongAdder());
    }
    timer.after(options.keepAliveInterval(), this::tend);
  }

  /// What there is for a target, now in use; an attempt starts when there is nothing.
  public Lookup find(Target target) {
    Entry entry;
    List<QuicConnection> evicted;
    synchronized (this) {
      if (closed) {
        return new Lookup.Closed();
      }
      entry = entries.get(target);
      if (entry != null) {
        entry.usedNs = timer.nowNs();
        happened(entry.isOpen() ? CacheEvent.HIT : CacheEvent.MISS, target, "");
        return entry.lookup();
      }
      happened(CacheEvent.MISS, target, "");
      entry = new Entry(target, timer.nowNs());
      entries.put(target, entry);
      evicted = evict();
    }
    evicted.forEach(each -> each.close(CLOSED_BY_CACHE, "evicted"));
    entry.connect();
    synchronized (this) {
      return entry.lookup();
    }
  }

  private List<QuicConnection> evict() {
    var evicted = new ArrayList<QuicConnection>();
    Iterator<Entry> oldest = entries.values().iterator();
    while (entries.size() > options.capacity()) {
      Entry entry = oldest.next();
      oldest.remove();
      happened(CacheEvent.EVICTED, entry.target, "");
      evicted.addAll(entry.abandon());
    }
    return evicted;
  }

  /// Signs of life on open connections; the end of unused ones. Calls itself again.
  private void tend() {
    var alive = new ArrayList<QuicConnection>();
    var improvable = new ArrayList<Entry>();
    var unused = new ArrayList<QuicConnection>();
    synchronized (this) {
      if (closed) {
        return;
      }
      long nowNs = timer.nowNs();
      Iterator<Entry> all = entries.values().iterator();
      while (all.hasNext()) {
        Entry entry = all.next();
        if (nowNs - entry.usedNs > options.unusedAfter().toNanos()) {
          all.remove();
          happened(CacheEvent.UNUSED, entry.target, "");
          unused.addAll(entry.abandon());
        } else if (entry.isOpen()) {
          happened(CacheEvent.KEPT_ALIVE, entry.target, "");
          alive.addAll(entry.open);
          improvable.add(entry);
        }
      }
    }
    unused.forEach(each -> each.close(CLOSED_BY_CACHE, "unused"));
    alive.forEach(keepAlive::send);
    improvable.forEach(Entry::improve);
    timer.after(options.keepAliveInterval(), this::tend);
  }

  /// How often something happened.
  @SuppressWarnings("NullAway") // every event has its adder from the start
  public long count(CacheEvent event) {
    return counts.get(event).sum();
  }

  @SuppressWarnings("NullAway") // every event has its adder from the start
  private void happened(CacheEvent event, Target target, String detail) {
    counts.get(event).increment();
    observer.on(event, target, detail);
  }

  /// Entries, in whatever state.
  public synchronized int size() {
    return entries.size();
  }

  /// Closes all connections; further ones are not opened.
  @Override
  public void close() {
    var open = new ArrayList<QuicConnection>();
    synchronized (this) {
      closed = true;
      entries.values().forEach(entry -> open.addAll(entry.abandon()));
      entries.clear();
    }
    open.forEach(each -> each.close(CLOSED_BY_CACHE, "cache closed"));
  }

  /// One target; its fields are guarded by the cache's lock.
  private final class Entry {
    private final Target target;
    private long usedNs;
    private long openedNs;
    private long pausedUntilNs;
    private String lastFailure = "";
    private int failures;
    private boolean connecting = true;
    private boolean improving;
    private boolean abandoned;
    private CompletableFuture<QuicConnection> next = new CompletableFuture<>();

    /// The connection and how it came to be: both or none.
    private List<QuicConnection> open = List.of();

    private List<RouteDecision> decision = List.of();

    private Entry(Target target, long nowNs) {
      this.target = target;
      this.usedNs = nowNs;
    }

    private boolean isOpen() {
      return !open.isEmpty();
    }

    private Lookup lookup() {
      if (isOpen()) {
        return new Lookup.Open(open.getFirst(), decision.getFirst());
      }
      return connecting
          ? new Lookup.Connecting(next.minimalCompletionStage())
          : new Lookup.BackedOff(
              Duration.ofNanos(Math.max(0, pausedUntilNs - timer.nowNs())), lastFailure);
    }

    /// The entry is no longer in the table.
    private List<QuicConnection> abandon() {
      abandoned = true;
      List<QuicConnection> had = open;
      open = List.of();
      decision = List.of();
      return had;
    }

    private void connect() {
      synchronized (ConnectionCache.this) {
        if (abandoned) {
          return;
        }
        connecting = true;
        if (next.isDone()) {
          next = new CompletableFuture<>();
        }
        happened(CacheEvent.CONNECT_STARTED, target, "");
      }
      var _ =
          connector
              .connect(request())
              .whenComplete(
                  (routed, failure) -> {
                    if (failure == null) {
                      connected(routed);
                    } else {
                      failed(
                          CacheEvent.CONNECT_FAILED,
                          String.valueOf(failure.getMessage()),
                          Duration.ZERO);
                    }
                  });
    }

    private ConnectRequest request() {
      return new ConnectRequest(
          target.remote(),
          target.remote().getHostString(),
          target.key(),
          options.connectTimeout(),
          applications.apply(target));
    }

    /// Looks for a better connection than the open one, unless it does so already.
    private void improve() {
      RouteDecision present;
      synchronized (ConnectionCache.this) {
        if (abandoned || improving || !isOpen()) {
          return;
        }
        improving = true;
        present = decision.getFirst();
      }
      Optional<CompletionStage<RoutedConnection>> better = connector.better(present, request());
      if (better.isEmpty()) {
        improved();
        return;
      }
      var _ =
          better
              .get()
              .whenComplete(
                  (routed, failure) -> {
                    improved();
                    if (failure == null) {
                      replaced(routed);
                    }
                  });
    }

    private void improved() {
      synchronized (ConnectionCache.this) {
        improving = false;
      }
    }

    private void replaced(RoutedConnection routed) {
      List<QuicConnection> old = List.of(routed.connection());
      boolean taken;
      synchronized (ConnectionCache.this) {
        taken = !abandoned && isOpen();
        if (taken) {
          old = open;
          openedNs = timer.nowNs();
          open = List.of(routed.connection());
          decision = List.of(routed.decision());
          happened(CacheEvent.REPLACED, target, routed.decision().toString());
        }
      }
      if (taken) {
        var _ = routed.connection().closed().thenAccept(why -> lost(routed.connection(), why));
      }
      List<QuicConnection> gone = old;
      timer.after(
          taken ? HAND_OVER : Duration.ZERO,
          () -> gone.forEach(each -> each.close(CLOSED_BY_CACHE, "a better route is in use")));
    }

    private void connected(RoutedConnection routed) {
      CompletableFuture<QuicConnection> waiting;
      boolean late;
      synchronized (ConnectionCache.this) {
        late = abandoned;
        waiting = next;
        if (!late) {
          connecting = false;
          openedNs = timer.nowNs();
          open = List.of(routed.connection());
          decision = List.of(routed.decision());
          happened(CacheEvent.CONNECTED, target, routed.decision().toString());
        }
      }
      if (late) {
        routed.connection().close(CLOSED_BY_CACHE, "no longer wanted");
        waiting.completeExceptionally(new IllegalStateException(target.remote() + ": evicted"));
        return;
      }
      waiting.complete(routed.connection());
      var _ = routed.connection().closed().thenAccept(why -> lost(routed.connection(), why));
    }

    /// A connection that did not last counts as one more failure: the peer may be turning us away.
    private void lost(QuicConnection gone, CloseReason reason) {
      synchronized (ConnectionCache.this) {
        if (!open.contains(gone)) {
          return; // another has taken its place, or nobody wants one
        }
        if (timer.nowNs() - openedNs >= options.longestPause().toNanos()) {
          failures = 0;
        }
      }
      failed(CacheEvent.LOST, reason.toString(), pauses.atLeast(reason));
    }

    private void failed(CacheEvent event, String why, Duration atLeast) {
      CompletableFuture<QuicConnection> waiting;
      Duration pause;
      boolean again;
      synchronized (ConnectionCache.this) {
        waiting = next;
        again = !abandoned;
        open = List.of();
        decision = List.of();
        connecting = false;
        if (again) {
          lastFailure = why;
          failures++;
          happened(event, target, why);
        }
        Duration usual = backoff.pause(Math.max(1, failures));
        pause = usual.compareTo(atLeast) > 0 ? usual : atLeast;
        pausedUntilNs = timer.nowNs() + pause.toNanos();
      }
      waiting.completeExceptionally(new IllegalStateException(target.remote() + ": " + why));
      if (again) {
        timer.after(pause, this::connect);
      }
    }
  }
}
