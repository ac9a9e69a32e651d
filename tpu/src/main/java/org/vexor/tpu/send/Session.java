package org.vexor.tpu.send;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectionHandler;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicStream;
import org.vexor.quic.StreamReceiver;
import org.vexor.quic.message.MessageSender;
import org.vexor.quic.message.MessageSender.Taken;

/// One connection to a target: sends what waits there as far as the leader's credit and the path
/// allow. Its event loop's, but for [#wake].
final class Session implements ConnectionHandler, MessageSender.Outcome<Attempt> {
  /// Lost with so many connections, an attempt is given up: it may be what ends them.
  private static final int CONNECTIONS = 4;

  /// A leader that turns a client away does so right after the handshake, when its QUIC may have
  /// acknowledged what came with that. Acknowledgements count once it had this time, from the first
  /// of them on, to do it.
  private static final Duration TRIAL = Duration.ofMillis(50);

  private final Outlet outlet;
  private final Ledger ledger;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable pumpTask = this::pumpNow;
  private Optional<QuicConnection> connection = Optional.empty();
  private Optional<MessageSender<Attempt>> sender = Optional.empty();

  /// Polled, and not taken yet by the connection.
  private @Nullable Attempt held;

  private final List<Early> early = new ArrayList<>();
  private boolean onTrial = true;
  private volatile long heardNs;
  private volatile boolean waits;

  private record Early(Attempt attempt, long tookNs) {}

  Session(Outlet outlet) {
    this.outlet = outlet;
    this.ledger = outlet.ledger();
  }

  @Override
  public void opened(QuicConnection opened) {
    connection = Optional.of(opened);
    sender = Optional.of(opened.messages(outlet.options().underWay(), this));
    heardNs = System.nanoTime();
    opened.onTurn(this::packetsCame);
    outlet.opened(this);
    pumpNow();
  }

  private void packetsCame() {
    heardNs = System.nanoTime();
    pump();
  }

  private void trialOver() {
    onTrial = false;
    early.forEach(each -> ledger.acknowledged(each.attempt(), each.tookNs()));
    early.clear();
  }

  /// Ends the connection when nothing was heard for so long though answers are due: a leader that
  /// died says nothing, and QUIC would wait for its idle time-out. Any thread, once the outlet
  /// knows of this session.
  void endIfSilent(long nowNs, Duration limit) {
    if (waits && nowNs - heardNs > limit.toNanos()) {
      connection.orElseThrow().close(0, "silent for " + limit.toSeconds() + " s");
    }
  }

  /// There is something to send. Any thread, once the outlet knows of this session.
  void wake() {
    if (!woken.get() && woken.compareAndSet(false, true)) {
      boolean _ = connection.orElseThrow().execute(pumpTask);
    }
  }

  private void pumpNow() {
    woken.set(false);
    pump();
    sender.ifPresent(MessageSender::flush);
  }

  /// Outcomes first, as they make room.
  private void pump() {
    if (sender.isEmpty()) {
      return;
    }
    MessageSender<Attempt> to = sender.get();
    to.settle();
    offer(to);
    if (to.underWay() > 0 && !waits) {
      heardNs = System.nanoTime();
    }
    waits = to.underWay() > 0;
  }

  private void offer(MessageSender<Attempt> to) {
    if (!outlet.isServedBy(this)) {
      giveBack();
      return;
    }
    long nowNs = System.nanoTime();
    while (true) {
      Attempt next = held == null ? outlet.waiting().poll() : held;
      held = next;
      if (next == null) {
        return;
      }
      if (isWanted(next)) {
        if (to.offer(next, next.pending().bytes(), nowNs) != Taken.YES) {
          return;
        }
        ledger.sent(next, nowNs);
      }
      held = null;
    }
  }

  private boolean isWanted(Attempt attempt) {
    if (attempt.pending().isOver()) {
      ledger.lost(attempt, LossReason.NO_LONGER_WANTED, "");
      return false;
    }
    if (ledger.isStale(attempt.pending().request())) {
      ledger.lost(attempt, LossReason.STALE, "");
      return false;
    }
    return true;
  }

  @Override
  public void acknowledged(Attempt attempt, long takenNs) {
    long tookNs = System.nanoTime() - takenNs;
    if (onTrial) {
      if (early.isEmpty()) {
        connection.orElseThrow().schedule(this::trialOver, TRIAL);
      }
      early.add(new Early(attempt, tookNs));
    } else {
      ledger.acknowledged(attempt, tookNs);
    }
  }

  @Override
  public void stopped(Attempt attempt, long takenNs) {
    ledger.lost(attempt, LossReason.STOPPED, "");
  }

  @Override
  public StreamReceiver streamOpened(QuicStream stream) {
    return StreamReceiver.NOTHING;
  }

  @Override
  public void closed(QuicConnection gone, CloseReason reason) {
    outlet.closed(this, reason.toString());
    CloseCode code = CloseCode.of(reason);
    long nowNs = System.nanoTime();
    giveBack();
    if (code == CloseCode.OTHER) {
      trialOver();
    }
    early.forEach(each -> lost(each.attempt(), reason, code, nowNs));
    early.clear();
    if (sender.isPresent()) {
      MessageSender<Attempt> from = sender.get();
      sender = Optional.empty();
      while (from.underWay() > 0) {
        lost(from.abandon(), reason, code, nowNs);
      }
    }
  }

  /// What was polled and cannot be sent here is for whoever serves the outlet next.
  private void giveBack() {
    Attempt unsent = held;
    held = null;
    if (unsent != null) {
      again(unsent);
    }
  }

  private void lost(Attempt attempt, CloseReason reason, CloseCode code, long nowNs) {
    if (!code.worthAgain()) {
      ledger.lost(attempt, LossReason.INVALID, reason.toString());
    } else if (attempt.connections() + 1 >= CONNECTIONS || attempt.pending().isOver()) {
      ledger.lost(attempt, LossReason.CONNECTION_LOST, reason.toString());
    } else {
      ledger.begunAgain(attempt, reason.toString());
      again(attempt.again(nowNs));
    }
  }

  private void again(Attempt attempt) {
    if (outlet.waiting().offer(attempt)) {
      outlet.wake();
    } else {
      ledger.lost(attempt, LossReason.QUEUE_FULL, "");
    }
  }
}
