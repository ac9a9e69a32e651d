package org.vexor.tpu.send;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What became of requests and attempts. Any thread.
///
/// Submitted = the sum of all submissions. Accepted = under way + the sum of all endings. Queued =
/// acknowledged + the sum of all losses + attempts without an outcome.
public final class SenderCounters {
  private final Map<Submission, LongAdder> submissions = new EnumMap<>(Submission.class);
  private final Map<Ending, LongAdder> endings = new EnumMap<>(Ending.class);
  private final Map<LossReason, LongAdder> losses = new EnumMap<>(LossReason.class);
  private final LongAdder queued = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final LongAdder acknowledged = new LongAdder();

  SenderCounters() {
    for (Submission each : Submission.values()) {
      submissions.put(each, new LongAdder());
    }
    for (Ending each : Ending.values()) {
      endings.put(each, new LongAdder());
    }
    for (LossReason each : LossReason.values()) {
      losses.put(each, new LongAdder());
    }
  }

  @SuppressWarnings("NullAway") // every constant has its adder from the start
  private static <K> LongAdder of(Map<K, LongAdder> adders, K key) {
    return adders.get(key);
  }

  Submission add(Submission submission) {
    of(submissions, submission).increment();
    return submission;
  }

  void add(Ending ending) {
    of(endings, ending).increment();
  }

  void add(LossReason reason) {
    of(losses, reason).increment();
  }

  void addQueued() {
    queued.increment();
  }

  void addSent() {
    sent.increment();
  }

  void addAcknowledged() {
    acknowledged.increment();
  }

  /// Requests answered so.
  public long submissions(Submission submission) {
    return of(submissions, submission).sum();
  }

  /// Accepted transactions that ended so.
  public long endings(Ending ending) {
    return of(endings, ending).sum();
  }

  /// Attempts lost for that reason.
  public long losses(LossReason reason) {
    return of(losses, reason).sum();
  }

  /// Attempts begun.
  public long queued() {
    return queued.sum();
  }

  /// Attempts handed to QUIC; those that were lost with their connection and begun again count
  /// again.
  public long sent() {
    return sent.sum();
  }

  /// Attempts acknowledged by the target's QUIC.
  public long acknowledged() {
    return acknowledged.sum();
  }
}
