package org.vexor.tpu.client;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.leader.LeaderPlan;
import org.vexor.tpu.leader.LeaderTracker;
import org.vexor.tpu.leader.PlannedLeader;
import org.vexor.tpu.send.LeaderSource;
import org.vexor.tpu.send.SendRequest;
import org.vexor.tpu.send.Submission;
import org.vexor.tpu.send.TpuTarget;
import org.vexor.tpu.send.TransactionSender;

/// Sends transactions to whoever leads until they are seen in a block or too old, and keeps their
/// history. Any thread, but for [#doWork].
public final class TpuClient {
  private final TransactionSender sender;
  private final LeaderTracker tracker;
  private final TransactionHistory history;
  private final LongSupplier clockNs;

  /// @param sender with [#leaders] as its source and `history` as its listener
  /// @param clockNs of the tracker's slot clock
  public TpuClient(
      TransactionSender sender,
      LeaderTracker tracker,
      TransactionHistory history,
      LongSupplier clockNs) {
    this.sender = sender;
    this.tracker = tracker;
    this.history = history;
    this.clockNs = clockNs;
  }

  /// The leaders of a tracker, as a sender asks for them.
  public static LeaderSource leaders(LeaderTracker tracker, LongSupplier clockNs) {
    return () -> targets(tracker.plan(clockNs.getAsLong()).targets());
  }

  private static List<TpuTarget> targets(List<PlannedLeader> leaders) {
    List<TpuTarget> targets = new ArrayList<>(leaders.size());
    for (PlannedLeader leader : leaders) {
      leader
          .contact()
          .tpu()
          .ifPresent(tpu -> targets.add(new TpuTarget(leader.contact().identity(), tpu)));
    }
    return targets;
  }

  /// Takes a transaction, or says why not; what follows is in the history.
  ///
  /// @param transaction its bytes, which must not change any more
  /// @param lastValidSlot after which it cannot land; [SendRequest#NO_LIMIT] where unknown
  public Submission submit(Signature signature, byte[] transaction, long lastValidSlot) {
    boolean isNew = history.accepted(signature);
    Submission submission = sender.submit(SendRequest.of(signature, transaction, lastValidSlot));
    if (isNew && submission != Submission.ACCEPTED) {
      history.rejected(signature, submission.name());
    }
    return submission;
  }

  /// A block holds a transaction, of this client or of others.
  ///
  /// @return true when it is one of this client's, seen for the first time
  public boolean seen(Signature signature, Sighting sighting) {
    boolean isOurs = history.seen(signature, sighting);
    if (isOurs) {
      sender.landed(signature);
    }
    return isOurs;
  }

  /// A transaction has become too old to land: nobody knows its last valid slot, but its blockhash
  /// is not valid any more.
  ///
  /// @return false when it is over already, or not of this client
  public boolean expire(Signature signature) {
    return sender.expire(signature);
  }

  /// Tells the sender the slot, and opens connections to those who lead soon. A few times a second,
  /// from one thread.
  ///
  /// @return the plan of this moment, with what is not known
  public LeaderPlan doWork() {
    LeaderPlan plan = tracker.plan(clockNs.getAsLong());
    // The earliest that it may be: what may still land is not given up.
    plan.estimate().ifPresent(estimate -> sender.slot(estimate.earliest()));
    sender.warm(targets(Stream.concat(plan.targets().stream(), plan.warm().stream()).toList()));
    return plan;
  }

  /// Whether it knows whom to send to now, and is connected to all of them.
  public boolean isConnected() {
    List<TpuTarget> now = targets(tracker.plan(clockNs.getAsLong()).targets());
    return !now.isEmpty() && now.stream().allMatch(sender::isConnected);
  }

  /// What became of the transactions.
  public TransactionHistory history() {
    return history;
  }

  /// Transactions that are not over yet.
  public int pending() {
    return sender.pending();
  }
}
