package org.vexor.tpu.send;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.vexor.quic.cache.ConnectionCache;
import org.vexor.quic.cache.Lookup;
import org.vexor.quic.cache.Target;

/// One target: what waits for it, and its connection while there is one.
///
/// Any thread puts in. While there is a connection its event loop takes out; else nobody does, and
/// the sender's ticks throw out what has waited too long.
final class Outlet {
  /// The cache is told of use no more often, as it takes a lock.
  private static final long TOUCH_NS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Target target;
  private final Ledger ledger;
  private final SenderOptions options;
  private final Waiting waiting;

  /// Open connections, the one that serves last: two while one gives way to another.
  private final List<Session> open = new ArrayList<>();

  private volatile @Nullable Session serving;
  private volatile long touchedNs;
  private volatile String trouble = "";

  Outlet(Target target, Ledger ledger, SenderOptions options, long nowNs) {
    this.target = target;
    this.ledger = ledger;
    this.options = options;
    this.waiting = new Waiting(options.waiting());
    this.touchedNs = nowNs - 2 * TOUCH_NS;
  }

  Ledger ledger() {
    return ledger;
  }

  SenderOptions options() {
    return options;
  }

  Waiting waiting() {
    return waiting;
  }

  /// Puts an attempt in, or loses it.
  void put(Attempt attempt, ConnectionCache cache, long nowNs) {
    ledger.queued(attempt);
    if (!waiting.offer(attempt)) {
      ledger.lost(attempt, LossReason.QUEUE_FULL, "");
      return;
    }
    touch(cache, nowNs);
    wake();
  }

  /// Keeps the connection in use, and has one made where there is none.
  void touch(ConnectionCache cache, long nowNs) {
    if (nowNs - touchedNs < TOUCH_NS) {
      return;
    }
    touchedNs = nowNs;
    trouble =
        switch (cache.find(target)) {
          case Lookup.Open _, Lookup.Connecting _ -> trouble;
          case Lookup.BackedOff off -> off.why();
          case Lookup.Closed _ -> "the sender is closed";
        };
  }

  /// Whoever serves looks at what waits.
  void wake() {
    Session now = serving;
    if (now != null) {
      now.wake();
    }
  }

  /// A connection is there, and serves from now on.
  void opened(Session opened) {
    synchronized (open) {
      trouble = "";
      open.add(opened);
      serving = opened;
    }
  }

  boolean isConnected() {
    return serving != null;
  }

  /// Whether what waits is for this connection: it may have been replaced by a better one.
  boolean isServedBy(Session asking) {
    return serving == asking;
  }

  /// A connection is gone; one that it had taken the place of serves again.
  void closed(Session gone, String why) {
    synchronized (open) {
      open.remove(gone);
      if (open.isEmpty()) {
        trouble = why;
        serving = null;
      } else {
        serving = open.getLast();
      }
    }
    wake();
  }

  /// Ends a connection that has gone silent; loses what waits for too long while there is none.
  void expire(ConnectionCache cache, long nowNs) {
    Session now = serving;
    if (now != null) {
      now.endIfSilent(nowNs, options.silence());
    }
    if (waiting.isEmpty() || now != null) {
      return;
    }
    touch(cache, nowNs);
    long limitNs = nowNs - options.patience().toNanos();
    Attempt old = waiting.pollOlder(limitNs);
    while (old != null) {
      ledger.lost(old, LossReason.NO_CONNECTION, trouble);
      old = waiting.pollOlder(limitNs);
    }
  }

  /// Nobody wanted it for so long, and nothing is in it.
  boolean isUnused(long nowNs, long afterNs) {
    return waiting.isEmpty() && serving == null && nowNs - touchedNs > afterNs;
  }

  /// Loses all that waits.
  void close() {
    Attempt next = waiting.poll();
    while (next != null) {
      ledger.lost(next, LossReason.CLOSED, "");
      next = waiting.poll();
    }
  }
}
