package org.vexor.tpu.send;

import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.vexor.solana.Signature;

/// The transactions under way and those that came through a short while ago; tells counters and
/// listener what happens to them. Any thread.
final class Ledger {
  private final ConcurrentMap<Signature, Pending> pending = new ConcurrentHashMap<>();
  private final RecentSignatures done;
  private final SenderCounters counters = new SenderCounters();
  private final SendListener listener;
  private final int capacity;
  private volatile long slot = Long.MIN_VALUE;

  /// @param capacity transactions under way, and as many remembered
  Ledger(int capacity, SendListener listener) {
    this.capacity = capacity;
    this.done = new RecentSignatures(capacity);
    this.listener = listener;
  }

  SenderCounters counters() {
    return counters;
  }

  int size() {
    return pending.size();
  }

  /// Puts a transaction in the book; empty when it, or its double, is in there.
  Submission enter(Pending transaction) {
    if (pending.size() >= capacity) {
      return Submission.FULL;
    }
    boolean known =
        done.contains(transaction.signature())
            || pending.putIfAbsent(transaction.signature(), transaction) != null;
    return known ? Submission.DUPLICATE : Submission.ACCEPTED;
  }

  Optional<Pending> find(Signature signature) {
    return Optional.ofNullable(pending.get(signature));
  }

  boolean isStale(SendRequest request) {
    return request.lastValidSlot() < slot;
  }

  /// A later slot ends what is too old for it.
  synchronized void advance(long now) {
    if (now <= slot) {
      return;
    }
    slot = now;
    for (Pending each : pending.values()) {
      if (each.request().lastValidSlot() < now) {
        end(each, Ending.EXPIRED);
      }
    }
  }

  /// Ends one, if it is not over.
  boolean end(Pending transaction, Ending ending) {
    if (!transaction.end()) {
      return false;
    }
    boolean _ = pending.remove(transaction.signature(), transaction);
    if (ending == Ending.LANDED || ending == Ending.DELIVERED) {
      done.add(transaction.signature());
    }
    counters.add(ending);
    listener.ended(transaction.signature(), ending);
    return true;
  }

  void endAll(Ending ending) {
    Iterator<Pending> all = pending.values().iterator();
    while (all.hasNext()) {
      end(all.next(), ending);
    }
  }

  void queued(Attempt attempt) {
    counters.addQueued();
    if (!attempt.pending().isOver()) {
      listener.queued(attempt.pending().signature(), attempt.target());
    }
  }

  void sent(Attempt attempt, long nowNs) {
    counters.addSent();
    if (!attempt.pending().isOver()) {
      listener.sent(attempt.pending().signature(), attempt.target(), nowNs - attempt.queuedNs());
    }
  }

  void acknowledged(Attempt attempt, long tookNs) {
    counters.addAcknowledged();
    Pending transaction = attempt.pending();
    if (!transaction.isOver()) {
      listener.acknowledged(transaction.signature(), attempt.target(), tookNs);
    }
    transaction.settle(attempt.target(), true).ifPresent(ending -> end(transaction, ending));
  }

  void lost(Attempt attempt, LossReason reason, String detail) {
    counters.add(reason);
    Pending transaction = attempt.pending();
    if (!transaction.isOver()) {
      listener.lost(transaction.signature(), attempt.target(), reason, detail);
    }
    transaction.settle(attempt.target(), false).ifPresent(ending -> end(transaction, ending));
  }

  /// An attempt went down with its connection and is begun again.
  void begunAgain(Attempt attempt, String detail) {
    counters.add(LossReason.CONNECTION_LOST);
    counters.addQueued();
    if (!attempt.pending().isOver()) {
      Signature signature = attempt.pending().signature();
      listener.lost(signature, attempt.target(), LossReason.CONNECTION_LOST, detail);
      listener.queued(signature, attempt.target());
    }
  }
}
