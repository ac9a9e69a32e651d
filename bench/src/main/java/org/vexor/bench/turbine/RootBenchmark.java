package org.vexor.bench.turbine;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Parse a shred and compute its Merkle root. Figures are per shred.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RootBenchmark {
  private final ShredView view = new ShredView();
  private final MerkleHasher hasher = new MerkleHasher();
  private final byte[] root = new byte[ShredLayout.ROOT_BYTES];
  private byte[][] shreds = {};

  /// Loads the shreds.
  @Setup
  public void load() {
    shreds = BenchInput.load().shreds();
  }

  /// Every shred once.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SHREDS)
  public int root() {
    int sum = 0;
    for (byte[] shred : shreds) {
      if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE) {
        throw new IllegalStateException("a shred that was sound at the start is refused");
      }
      hasher.root(view, root, 0);
      sum += root[0];
    }
    return sum;
  }
}
