package org.vexor.tpu.send;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.random.RandomGenerator;
import org.vexor.quic.KeepAlive;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.quic.cache.ConnectionCache;
import org.vexor.quic.cache.Connector;
import org.vexor.quic.path.Timer;
import org.vexor.solana.Signature;

/// The sender, on QUIC connections that a [Connector] opens.
public final class QuicSender implements TransactionSender {
  /// How often it looks at what waits, and for what is due to be sent again.
  private static final Duration TICK = Duration.ofMillis(100);

  /// With nothing under way it looks at the outlets in one tick of so many: a thousand that are
  /// kept and not used would else cost as much as their connections do.
  private static final int ROUND_TICKS = 10;

  private final SenderOptions options;
  private final LeaderSource leaders;
  private final Timer timer;
  private final Ledger ledger;
  private final Outlets outlets;
  private final ConnectionCache cache;

  /// In the order in which they are due.
  private final Queue<Due> rounds = new ConcurrentLinkedQueue<>();

  /// Of the one tick after the other.
  private int ticks;

  private volatile boolean closed;

  private record Due(Pending pending, long atNs) {}

  private QuicSender(
      Connector connector,
      SenderOptions options,
      LeaderSource leaders,
      SendListener listener,
      Timer timer,
      RandomGenerator random,
      CacheObserver observer) {
    this.options = options;
    this.leaders = leaders;
    this.timer = timer;
    this.ledger = new Ledger(options.pending(), listener);
    this.outlets = new Outlets(ledger, options, timer::nowNs);
    this.cache =
        new ConnectionCache(
            connector,
            outlets::application,
            KeepAlive.asThePeerNeeds(KeepAlive.abandonedStream()),
            options.cache(),
            reason -> CloseCode.of(reason).pause(),
            timer,
            random,
            observer);
  }

  /// Starts one.
  ///
  /// @param connector mostly [org.vexor.quic.path.PathSelector#connect], over clients that show the
  ///   identity ([org.vexor.quic.tls.TlsOptions#solana])
  /// @param timer mostly on the event loops of those clients; tasks are short
  /// @param observer told of each change of a connection
  public static QuicSender start(
      Connector connector,
      SenderOptions options,
      LeaderSource leaders,
      SendListener listener,
      Timer timer,
      RandomGenerator random,
      CacheObserver observer) {
    var sender = new QuicSender(connector, options, leaders, listener, timer, random, observer);
    timer.after(TICK, sender::tick);
    return sender;
  }

  @Override
  public Submission submit(SendRequest request) {
    return ledger.counters().add(take(request));
  }

  private Submission take(SendRequest request) {
    if (closed) {
      return Submission.CLOSED;
    }
    if (request.transaction().length == 0) {
      return Submission.EMPTY;
    }
    if (request.transaction().length > MAX_TRANSACTION_BYTES) {
      return Submission.TOO_LARGE;
    }
    if (ledger.isStale(request)) {
      return Submission.STALE;
    }
    List<TpuTarget> targets = targets(request);
    if (targets.isEmpty()) {
      return Submission.NO_TARGET;
    }
    long nowNs = timer.nowNs();
    var pending = new Pending(request, nowNs);
    Submission entered = ledger.enter(pending);
    if (entered == Submission.ACCEPTED) {
      round(pending, targets, nowNs);
    }
    return entered;
  }

  /// Those of the request first; when there are none, or it is sent again, who leads now.
  private List<TpuTarget> targets(SendRequest request) {
    return request.targets().isEmpty() ? leaders.leaders() : request.targets();
  }

  private void round(Pending pending, List<TpuTarget> targets, long nowNs) {
    for (TpuTarget target : targets) {
      if (pending.begin(target)) {
        outlets.of(target).put(new Attempt(pending, target, nowNs, 0), cache, nowNs);
      }
    }
    boolean last = options.resendEvery().isZero();
    pending.roundBegun(last).ifPresent(ending -> ledger.end(pending, ending));
    if (!last) {
      rounds.add(new Due(pending, nowNs + options.resendEvery().toNanos()));
    }
  }

  private void tick() {
    if (closed) {
      return;
    }
    long nowNs = timer.nowNs();
    Due next = rounds.peek();
    while (next != null && nowNs - next.atNs() >= 0) {
      rounds.remove();
      again(next.pending(), nowNs);
      next = rounds.peek();
    }
    ticks++;
    boolean isRound = ticks % ROUND_TICKS == 0;
    if (isRound || ledger.size() > 0) {
      outlets.forEach(outlet -> outlet.expire(cache, nowNs));
    }
    if (isRound) {
      outlets.forget(nowNs);
    }
    timer.after(TICK, this::tick);
  }

  private void again(Pending pending, long nowNs) {
    if (pending.isOver()) {
      return;
    }
    if (nowNs - pending.bornNs() >= options.giveUpAfter().toNanos()) {
      boolean _ = ledger.end(pending, Ending.TIMED_OUT);
      return;
    }
    List<TpuTarget> now = leaders.leaders();
    round(pending, now.isEmpty() ? pending.request().targets() : now, nowNs);
  }

  @Override
  public boolean landed(Signature signature) {
    return end(signature, Ending.LANDED);
  }

  @Override
  public boolean cancel(Signature signature) {
    return end(signature, Ending.CANCELLED);
  }

  @Override
  public boolean expire(Signature signature) {
    return end(signature, Ending.EXPIRED);
  }

  private boolean end(Signature signature, Ending ending) {
    Optional<Pending> pending = ledger.find(signature);
    return pending.isPresent() && ledger.end(pending.get(), ending);
  }

  @Override
  public void slot(long slot) {
    ledger.advance(slot);
  }

  @Override
  public void warm(Collection<TpuTarget> targets) {
    long nowNs = timer.nowNs();
    targets.forEach(target -> outlets.of(target).touch(cache, nowNs));
  }

  @Override
  public boolean isConnected(TpuTarget target) {
    return outlets.isConnected(target);
  }

  @Override
  public int pending() {
    return ledger.size();
  }

  /// What became of all so far.
  public SenderCounters counters() {
    return ledger.counters();
  }

  /// The connections.
  public ConnectionCache connections() {
    return cache;
  }

  @Override
  public void close() {
    closed = true;
    ledger.endAll(Ending.CLOSED);
    cache.close();
    outlets.forEach(Outlet::close);
  }
}
