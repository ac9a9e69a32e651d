package org.vexor.tpu.send;

import java.time.Duration;
import java.util.function.Predicate;
import org.vexor.quic.cache.CacheOptions;

/// Limits and times of a sender.
///
/// @param pending transactions under way at a time
/// @param waiting transactions that may wait for one target
/// @param underWay transactions sent to one target and not acknowledged
/// @param resendEvery pause before a transaction that has not landed is sent again; zero for never
/// @param giveUpAfter how long a transaction is tried whatever its last valid slot
/// @param patience how long one waits for a target that cannot be reached
/// @param silence of a target that owes acknowledgements, after which its connection is given up
/// @param anyCertificate targets whose certificate need not be their identity's, such as leaders
///   that show a random one (Firedancer does)
/// @param cache of the connections
public record SenderOptions(
    int pending,
    int waiting,
    int underWay,
    Duration resendEvery,
    Duration giveUpAfter,
    Duration patience,
    Duration silence,
    Predicate<TpuTarget> anyCertificate,
    CacheOptions cache) {
  /// Sends again every two seconds, as Agave's send-transaction-service does, for as long as a
  /// blockhash is valid (150 slots of 0.4 s); every leader must show its identity's key.
  public static final SenderOptions DEFAULT =
      new SenderOptions(
          65_536,
          4_096,
          4_096,
          Duration.ofSeconds(2),
          Duration.ofSeconds(60),
          Duration.ofSeconds(5),
          Duration.ofSeconds(3),
          _ -> false,
          CacheOptions.DEFAULT.withKeepAliveInterval(Duration.ofSeconds(1)));

  public SenderOptions {
    if (pending < 1 || waiting < 1 || underWay < 1) {
      throw new IllegalArgumentException("pending, waiting and under way are at least 1");
    }
    if (resendEvery.isNegative()
        || giveUpAfter.isNegative()
        || giveUpAfter.isZero()
        || patience.isNegative()
        || silence.isNegative()
        || silence.isZero()) {
      throw new IllegalArgumentException(
          "times cannot be negative; giving up and silence take some");
    }
  }

  public SenderOptions withPending(int transactions) {
    return new SenderOptions(
        transactions,
        waiting,
        underWay,
        resendEvery,
        giveUpAfter,
        patience,
        silence,
        anyCertificate,
        cache);
  }

  public SenderOptions withWaiting(int transactions) {
    return new SenderOptions(
        pending,
        transactions,
        underWay,
        resendEvery,
        giveUpAfter,
        patience,
        silence,
        anyCertificate,
        cache);
  }

  public SenderOptions withResendEvery(Duration pause) {
    return new SenderOptions(
        pending, waiting, underWay, pause, giveUpAfter, patience, silence, anyCertificate, cache);
  }

  public SenderOptions withGiveUpAfter(Duration time) {
    return new SenderOptions(
        pending, waiting, underWay, resendEvery, time, patience, silence, anyCertificate, cache);
  }

  public SenderOptions withPatience(Duration time) {
    return new SenderOptions(
        pending, waiting, underWay, resendEvery, giveUpAfter, time, silence, anyCertificate, cache);
  }

  public SenderOptions withSilence(Duration time) {
    return new SenderOptions(
        pending,
        waiting,
        underWay,
        resendEvery,
        giveUpAfter,
        patience,
        time,
        anyCertificate,
        cache);
  }

  public SenderOptions withAnyCertificate(Predicate<TpuTarget> targets) {
    return new SenderOptions(
        pending, waiting, underWay, resendEvery, giveUpAfter, patience, silence, targets, cache);
  }

  public SenderOptions withCache(CacheOptions options) {
    return new SenderOptions(
        pending,
        waiting,
        underWay,
        resendEvery,
        giveUpAfter,
        patience,
        silence,
        anyCertificate,
        options);
  }
}
