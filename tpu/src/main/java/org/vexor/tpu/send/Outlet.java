package org.vexor.tpu.send;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
  private final AtomicReference<@Nullable Session> session = new AtomicReference<>();
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
    Session now = session.get();
    if (now != null) {
      now.wake();
    }
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

  /// A connection is there.
  void opened(Session opened) {
    trouble = "";
    session.set(opened);
  }

  /// A connection is gone.
  void closed(Session gone, String why) {
    trouble = why;
    boolean _ = session.compareAndSet(gone, null);
  }

  /// Ends a connection that has gone silent; loses what waits for too long while there is none.
  void expire(ConnectionCache cache, long nowNs) {
    Session now = session.get();
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
    return waiting.isEmpty() && session.get() == null && nowNs - touchedNs > afterNs;
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
