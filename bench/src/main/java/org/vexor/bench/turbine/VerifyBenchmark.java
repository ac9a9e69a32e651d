package org.vexor.bench.turbine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.vexor.solana.crypto.Ed25519Verifier;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;
import org.vexor.turbine.verify.ShredVerifier;
import org.vexor.turbine.verify.SlotLeaders;
import org.vexor.turbine.verify.VerifyOutcome;

/// Parse a shred and verify it: its Merkle root, and the leader's Ed25519 signature once per set.
/// Figures are per shred.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class VerifyBenchmark {
  private final ShredView view = new ShredView();
  private final Ed25519Verifier signatures = new Ed25519Verifier();
  private byte[][] shreds = {};
  private SlotLeaders leaders = (slot, target) -> false;
  private ShredVerifier verifier = new ShredVerifier(leaders, signatures);

  /// Loads the shreds.
  @Setup
  public void load() {
    BenchInput input = BenchInput.load();
    shreds = input.shreds();
    leaders = SlotLeaders.always(input.leader());
  }

  /// A verifier that knows no set yet. A pass takes milliseconds, so that a set-up before each does
  /// not disturb the clock.
  @Setup(Level.Invocation)
  public void forget() {
    verifier = new ShredVerifier(leaders, signatures);
  }

  /// Every shred once.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SHREDS)
  public void verifyStage() {
    for (byte[] shred : shreds) {
      if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE
          || verifier.verify(view) != VerifyOutcome.VERIFIED) {
        throw new IllegalStateException(
            "a shred of the input does not verify; is it the leader's?");
      }
    }
  }

  /// Each set must have cost one signature check.
  @TearDown(Level.Invocation)
  public void count() {
    if (verifier.signatureChecks() != BenchInput.SETS) {
      throw new IllegalStateException(
          verifier.signatureChecks() + " signature checks for " + BenchInput.SETS + " sets");
    }
  }
}
