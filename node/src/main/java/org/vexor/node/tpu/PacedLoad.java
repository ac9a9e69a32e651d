package org.vexor.node.tpu;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.vexor.solana.transaction.Transaction;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.send.TransactionSender;

/// Hands transfers to a sender at an even rate. One thread.
public final class PacedLoad {
  /// Signed before the first is sent; what is more is signed while sending, some 20 µs each.
  private static final int SIGNED_AHEAD = 200_000;

  /// Under way at a time when no rate is given.
  private static final int UNDER_WAY = 8_192;

  private static final long PAUSE_NS = 100_000;
  private static final double NS_PER_SECOND = 1e9;

  private final TransferLoad transfers;
  private final List<TpuTarget> targets;
  private final int count;
  private final int rate;
  private final Queue<SendRequest> signed = new ArrayDeque<>();
  private final int transactionBytes;

  /// Signs what is signed ahead.
  ///
  /// @param rate a second; 0 for as fast as outcomes come
  public PacedLoad(TransferLoad transfers, List<TpuTarget> targets, int count, int rate) {
    this.transfers = transfers;
    this.targets = List.copyOf(targets);
    this.count = count;
    this.rate = rate;
    while (signed.size() < Math.min(count, SIGNED_AHEAD)) {
      signed.add(request());
    }
    this.transactionBytes = signed.element().transaction().length;
  }

  private SendRequest request() {
    Transaction transfer = transfers.next();
    return SendRequest.of(
            transfer.signatures().getFirst(), transfer.toByteArray(), SendRequest.NO_LIMIT)
        .withTargets(targets);
  }

  /// Bytes of a transaction.
  public int transactionBytes() {
    return transactionBytes;
  }

  /// Hands all of them over, then waits for outcomes.
  ///
  /// @param patienceSeconds how long to wait
  /// @return seconds from the first to the last one handed over
  public double send(TransactionSender sender, long patienceSeconds) {
    long beganNs = System.nanoTime();
    for (int sent = 0; sent < count; sent++) {
      SendRequest next = signed.isEmpty() ? request() : signed.remove();
      await(sender, beganNs, sent);
      var _ = sender.submit(next);
    }
    double seconds = (System.nanoTime() - beganNs) / NS_PER_SECOND;
    long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(patienceSeconds);
    while (sender.pending() > 0 && System.nanoTime() < deadlineNs) {
      LockSupport.parkNanos(PAUSE_NS);
    }
    return Math.max(seconds, 1 / NS_PER_SECOND);
  }

  private void await(TransactionSender sender, long beganNs, int sent) {
    if (rate == 0) {
      while (sender.pending() >= UNDER_WAY) {
        LockSupport.parkNanos(PAUSE_NS);
      }
      return;
    }
    long dueNs = beganNs + (long) (sent * (NS_PER_SECOND / rate));
    long leftNs = dueNs - System.nanoTime();
    while (leftNs > 0) {
      LockSupport.parkNanos(leftNs);
      leftNs = dueNs - System.nanoTime();
    }
  }
}
