package org.vexor.tpu.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.solana.Signature;

/// A transaction under way. Any thread.
final class Pending {
  private final SendRequest request;
  private final long bornNs;

  /// Targets with an attempt that has no outcome yet.
  private final List<TpuTarget> open = new ArrayList<>(2);

  private boolean acknowledged;
  private boolean complete;
  private boolean over;

  Pending(SendRequest request, long nowNs) {
    this.request = request;
    this.bornNs = nowNs;
  }

  SendRequest request() {
    return request;
  }

  Signature signature() {
    return request.signature();
  }

  byte[] bytes() {
    return request.transaction();
  }

  long bornNs() {
    return bornNs;
  }

  /// Begins an attempt; not when it is over, or when one with this target has no outcome yet.
  synchronized boolean begin(TpuTarget target) {
    return !over && !open.contains(target) && open.add(target);
  }

  /// All targets of a round were begun; without further rounds it ends with the last attempt.
  ///
  /// @return how it ended, when it did
  synchronized Optional<Ending> roundBegun(boolean lastRound) {
    complete = lastRound;
    return ending();
  }

  /// An attempt has its outcome.
  ///
  /// @return how it ended, when it did
  synchronized Optional<Ending> settle(TpuTarget target, boolean delivered) {
    open.remove(target);
    acknowledged |= delivered;
    return ending();
  }

  private Optional<Ending> ending() {
    if (!complete || over || !open.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(acknowledged ? Ending.DELIVERED : Ending.UNDELIVERED);
  }

  /// Ends it.
  ///
  /// @return false when it was over before
  synchronized boolean end() {
    boolean was = over;
    over = true;
    return !was;
  }

  synchronized boolean isOver() {
    return over;
  }
}
