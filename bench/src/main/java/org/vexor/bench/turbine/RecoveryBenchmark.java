package org.vexor.bench.turbine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.vexor.turbine.fec.FecSet;
import org.vexor.turbine.fec.FecSets;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.merkle.MerkleHasher;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shred.ShredRefusal;
import org.vexor.turbine.shred.ShredView;

/// Collect 32 shreds of a set and rebuild the other 32, proofs and all, as the node does after
/// verifying: the roots are at hand. Figures are per set.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RecoveryBenchmark {
  /// Which 32 shreds are lost: a "random" half, or all the "data".
  @Param({"random", "data"})
  public String lost = "random";

  private final ShredView view = new ShredView();
  private final FecSets sets =
      new FecSets(FecSets.Geometry.LIVE, FecSets.CodeRebuild.WITH_MISSING_DATA, ShredSink.NONE);
  private byte[][][] received = {};
  private byte[][] roots = {};

  /// Loads the shreds and takes half of each set away.
  @Setup
  public void load() {
    Random random = new Random(1);
    MerkleHasher hasher = new MerkleHasher();
    received = new byte[BenchInput.SETS][][];
    roots = new byte[BenchInput.SETS][ShredLayout.ROOT_BYTES];
    List<List<byte[]>> whole = BenchInput.load().sets();
    for (int i = 0; i < BenchInput.SETS; i++) {
      List<byte[]> set = new ArrayList<>(whole.get(i));
      if (lost.equals("random")) {
        Collections.shuffle(set, random);
      }
      received[i] = set.subList(BenchInput.DATA, set.size()).toArray(byte[][]::new);
      parse(received[i][0]);
      hasher.root(view, roots[i], 0);
    }
  }

  private void parse(byte[] shred) {
    if (view.parse(shred, 0, shred.length) != ShredRefusal.NONE) {
      throw new IllegalStateException("a shred that was sound at the start is refused");
    }
  }

  /// Every set once.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SETS)
  public void recover() {
    for (int i = 0; i < BenchInput.SETS; i++) {
      parse(received[i][0]);
      FecSet set = sets.open(view.slot(), view.fecSetIndex());
      for (byte[] shred : received[i]) {
        parse(shred);
        if (sets.offer(set, view, roots[i], 0) != ShredFate.KEPT) {
          throw new IllegalStateException("a shred of the input was not kept");
        }
      }
      if (set.state() != FecSet.State.COMPLETE || set.recovered() != BenchInput.DATA) {
        throw new IllegalStateException(
            "set is %s with %d shreds recovered".formatted(set.state(), set.recovered()));
      }
      sets.release(set);
    }
  }
}
