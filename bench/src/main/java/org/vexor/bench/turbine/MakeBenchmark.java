package org.vexor.bench.turbine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.entry.Entry;
import org.vexor.solana.entry.EntryBatchReader;
import org.vexor.solana.entry.EntryBatches;
import org.vexor.solana.entry.EntryRefusal;
import org.vexor.turbine.block.Deshredder;
import org.vexor.turbine.shred.ShredLayout;
import org.vexor.turbine.shredder.ShredOutput;
import org.vexor.turbine.shredder.Shredder;

/// Make shreds: erasure code, Merkle tree, one signature a set. Figures are per shred made.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class MakeBenchmark {
  private static final byte[] PARENT_ROOT = new byte[ShredLayout.ROOT_BYTES];

  private final Shredder shredder =
      new Shredder(new Ed25519Signer(MadeSlots.keypair(1))::sign, MadeSlots.SHRED_VERSION);
  private final List<byte[]> batches = new ArrayList<>();
  private final List<List<Entry>> entries = new ArrayList<>();
  private int made;
  private final ShredOutput output = (bytes, offset, length) -> made++;

  /// Takes the batches out of the shreds again.
  @Setup
  public void load() {
    Deshredder deshredder = new Deshredder();
    for (byte[] shred : BenchInput.load().dataShreds()) {
      if (deshredder.add(shred, 0)) {
        byte[] batch = Arrays.copyOf(deshredder.bytes(), deshredder.length());
        EntryBatchReader reader = new EntryBatchReader();
        EntryRefusal refusal = reader.wrap(batch, 0, batch.length);
        entries.add(EntryBatches.copy(reader));
        if (refusal != EntryRefusal.NONE || reader.refusal() != EntryRefusal.NONE) {
          throw new IllegalStateException("a batch of the input is refused: " + reader.refusal());
        }
        batches.add(batch);
      }
    }
  }

  /// From entries as objects, which are serialized first.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SHREDS)
  public int makeFromEntries() {
    start();
    for (List<Entry> batch : entries) {
      make(EntryBatches.serialize(batch));
    }
    return finish();
  }

  /// From batches that are bytes already, as a leader has them that writes entries as they come.
  @Benchmark
  @OperationsPerInvocation(BenchInput.SHREDS)
  public int makeFromBytes() {
    start();
    for (byte[] batch : batches) {
      make(batch);
    }
    return finish();
  }

  private void start() {
    made = 0;
    shredder.startSlot(1, 0, PARENT_ROOT);
  }

  private void make(byte[] batch) {
    shredder.shred(batch, 0, batch.length, 1, false, output);
  }

  private int finish() {
    if (made != BenchInput.SHREDS) {
      throw new IllegalStateException(
          made + " shreds made of batches that came in " + BenchInput.SHREDS);
    }
    return made;
  }
}
