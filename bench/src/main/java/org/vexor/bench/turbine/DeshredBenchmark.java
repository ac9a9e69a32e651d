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
import org.openjdk.jmh.infra.Blackhole;
import org.vexor.solana.entry.EntryBatchReader;
import org.vexor.solana.entry.EntryRefusal;
import org.vexor.turbine.block.Deshredder;

/// Join the payloads of data shreds into batches and walk all entries and transactions in them.
/// Figures are per data shred.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class DeshredBenchmark {
  private final Deshredder deshredder = new Deshredder();
  private final EntryBatchReader reader = new EntryBatchReader();
  private byte[][] shreds = {};

  /// Loads the data shreds.
  @Setup
  public void load() {
    shreds = BenchInput.load().dataShreds();
    deshredder.clear();
  }

  /// Every data shred once, every transaction parsed.
  @Benchmark
  @OperationsPerInvocation(BenchInput.DATA_SHREDS)
  public int deshredAndDecode(Blackhole blackhole) {
    int transactions = 0;
    for (byte[] shred : shreds) {
      if (deshredder.add(shred, 0)) {
        EntryRefusal wrapped = reader.wrap(deshredder.bytes(), 0, deshredder.length());
        while (reader.nextEntry()) {
          blackhole.consume(reader.numHashes());
          while (reader.nextTransaction()) {
            transactions++;
            blackhole.consume(reader.transaction().length());
          }
        }
        if (wrapped != EntryRefusal.NONE || reader.refusal() != EntryRefusal.NONE) {
          throw new IllegalStateException("a batch of the input is refused: " + reader.refusal());
        }
      }
    }
    if (transactions == 0) {
      throw new IllegalStateException("the input has no transactions to decode");
    }
    return transactions;
  }
}
