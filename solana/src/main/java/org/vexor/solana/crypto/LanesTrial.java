package org.vexor.solana.crypto;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.vexor.solana.crypto.lanes.EquationLanes;

/// Finds out whether this process is better off judging several signatures at once.
///
/// Until the JIT has compiled them, vectors cost a hundred times as much, and on some machines they
/// are no gain. So a thread of its own tries them on signatures of known worth until they are
/// faster than one after another, or for so long that they never will be. What the JIT makes of
/// them is the same for all threads, so there is one trial in a process.
final class LanesTrial {
  private static final System.Logger LOG = System.getLogger(LanesTrial.class.getName());
  private static final LanesTrial PROCESS = new LanesTrial();

  private static final long LONGEST_NS = TimeUnit.SECONDS.toNanos(30);

  /// So many make the JIT begin; from then on it is waited for, in turns that take a tenth of a
  /// core.
  private static final int ROUNDS_AT_ONCE = 32;

  private static final int REST_PER_ROUND = 9;
  private static final int FAST_IN_A_ROW = 8;
  private static final double FASTER = 0.9;

  private final AtomicBoolean begun = new AtomicBoolean();
  private volatile boolean passed;

  /// The one of this process.
  static LanesTrial ofProcess() {
    return PROCESS;
  }

  /// Begins, unless it did.
  ///
  /// @return whether lanes are to be used from now on
  boolean isPassed() {
    if (!passed && !begun.getAndSet(true)) {
      EquationLanes.open()
          .ifPresent(
              lanes ->
                  Thread.ofPlatform()
                      .name("ed25519-lanes-trial")
                      .daemon()
                      .start(() -> passed = run(new SignatureLanes(lanes))));
    }
    return passed;
  }

  /// The lanes refused what is good: they are not used any more.
  void disprove(String what) {
    passed = false;
    LOG.log(
        System.Logger.Level.WARNING,
        "signatures are judged one by one from now on: lanes judged wrong, {0}",
        what);
  }

  private static boolean run(SignatureLanes lanes) {
    List<SignedMessage> batch = batch(lanes.width());
    double single = singleNs(batch);
    long endNs = System.nanoTime() + LONGEST_NS;
    int fast = 0;
    int round = 0;
    for (; fast < FAST_IN_A_ROW && System.nanoTime() < endNs; round++) {
      long startNs = System.nanoTime();
      int good = lanes.judge(batch, 0);
      long tookNs = System.nanoTime() - startNs;
      boolean isFast = tookNs < FASTER * single * batch.size();
      if (round >= ROUNDS_AT_ONCE && !isFast) {
        LockSupport.parkNanos(REST_PER_ROUND * tookNs);
      }
      if (good != 0b0101_0101) {
        LOG.log(
            System.Logger.Level.WARNING,
            "signatures are judged one by one: lanes judged wrong in their trial, good={0}",
            Integer.toBinaryString(good));
        return false;
      }
      fast = isFast ? fast + 1 : 0;
    }
    LOG.log(
        System.Logger.Level.DEBUG,
        "signatures are judged {0}, rounds={1} single={2} ns",
        fast == FAST_IN_A_ROW ? "several at once" : "one by one",
        round,
        Math.round(single));
    return fast == FAST_IN_A_ROW;
  }

  /// Every second one is bad.
  private static List<SignedMessage> batch(int count) {
    var batch = new ArrayList<SignedMessage>();
    for (int i = 0; i < count; i++) {
      byte[] message = new byte[200];
      message[0] = (byte) i;
      Keypair keypair = Keypair.fromSeed(Arrays.copyOf(message, Keypair.SEED_LENGTH));
      batch.add(SignedMessage.of(message, keypair.sign(message), keypair.publicKey()));
      message[1] = (byte) (i & 1);
    }
    return batch;
  }

  private static double singleNs(List<SignedMessage> batch) {
    var verifier = new Ed25519Verifier();
    long ns = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS_AT_ONCE; round++) {
      long startNs = System.nanoTime();
      batch.forEach(verifier::verify);
      ns = Math.min(ns, System.nanoTime() - startNs);
    }
    return (double) ns / batch.size();
  }
}
