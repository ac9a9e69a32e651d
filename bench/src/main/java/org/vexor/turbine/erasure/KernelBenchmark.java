package org.vexor.turbine.erasure;

import java.util.ArrayList;
import java.util.Arrays;
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
import org.vexor.bench.turbine.BenchInput;
import org.vexor.turbine.shred.ShredLayout;

/// The bare erasure code: 32 shards of a set recovered from the other 32, by each kernel. In this
/// package because the kernels are private to it. Figures are per set.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class KernelBenchmark {
  /// What computes: "scalar" or "vector".
  @Param({"scalar", "vector"})
  public String kernel = "vector";

  /// Which 32 shards are lost: a "random" half, or all the "data".
  @Param({"random", "data"})
  public String lost = "random";

  private final ShardTable table = new ShardTable();
  private final byte[][] room = new byte[2 * BenchInput.DATA][ShredLayout.MAX_SHRED_BYTES];
  private ReedSolomon codec = new ReedSolomon();
  private byte[][][] shreds = {};
  private boolean[][] missing = {};

  /// Loads the shreds, chooses what is lost, and sees that the right bytes come back.
  @Setup
  public void load() {
    codec = new ReedSolomon(kernel.equals("scalar") ? new ScalarKernel() : new VectorKernel());
    shreds =
        BenchInput.load().sets().stream()
            .map(set -> set.toArray(byte[][]::new))
            .toArray(byte[][][]::new);
    missing = new boolean[shreds.length][2 * BenchInput.DATA];
    Random random = new Random(1);
    for (int set = 0; set < shreds.length; set++) {
      List<Integer> places = new ArrayList<>();
      for (int place = 0; place < 2 * BenchInput.DATA; place++) {
        places.add(place);
      }
      if (lost.equals("random")) {
        Collections.shuffle(places, random);
      }
      for (int place : places.subList(0, BenchInput.DATA)) {
        missing[set][place] = true;
      }
      recoverSet(set);
      check(set);
    }
  }

  private static int variant(byte[] shred) {
    return shred[ShredLayout.VARIANT_OFFSET] & 0xff;
  }

  private void check(int set) {
    for (int place = 0; place < shreds[set].length; place++) {
      byte[] shred = shreds[set][place];
      int at = ShredLayout.erasureOffset(variant(shred));
      int end = at + ShredLayout.erasureBytes(variant(shred));
      if (missing[set][place] && !Arrays.equals(shred, at, end, room[place], at, end)) {
        throw new IllegalStateException(
            "shard " + place + " of set " + set + " comes back different");
      }
    }
  }

  private void recoverSet(int set) {
    table.reset(BenchInput.DATA, BenchInput.DATA);
    for (int place = 0; place < shreds[set].length; place++) {
      byte[] shred = shreds[set][place];
      int offset = ShredLayout.erasureOffset(variant(shred));
      if (missing[set][place]) {
        table.missing(place, room[place], offset);
      } else {
        table.present(place, shred, offset);
      }
    }
    if (!codec.reconstruct(table, ShredLayout.erasureBytes(variant(shreds[set][0])))) {
      throw new IllegalStateException("half of set " + set + " is not enough");
    }
  }

  /// Every set once.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SETS)
  public byte[][] reconstruct() {
    for (int set = 0; set < shreds.length; set++) {
      recoverSet(set);
    }
    return room;
  }
}
