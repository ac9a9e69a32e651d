package org.vexor.turbine.block;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.vexor.solana.Hash;
import org.vexor.turbine.fec.FecSets.CodeRebuild;
import org.vexor.turbine.fec.FecSets.Geometry;
import org.vexor.turbine.fec.SetMaker;
import org.vexor.turbine.fec.ShredSink;

/// Targets for Jazzer; without it each runs its seeds.
final class BlockAssemblerFuzzTest {
  private static final BlockChecks CHECKS = new BlockChecks(true, 100, Optional.empty());

  /// Shreds of 1,228 bytes each, one after another, the last may be shorter.
  @MethodSource("shreds")
  @FuzzTest
  void assemblesOrNamesWhyNot(byte[] input) {
    for (Geometry geometry : Geometry.values()) {
      BlockAssembler assembler = assembler(geometry, new Recorder());
      FuzzFeed feed = new FuzzFeed(assembler);
      for (int at = 0; at < input.length; at += 1228) {
        feed.offer(Arrays.copyOfRange(input, at, Math.min(input.length, at + 1228)));
      }
      assembler.finish();
      assertEquals(0, assembler.heldBytes());
    }
  }

  /// The payload of one batch.
  @MethodSource("batches")
  @FuzzTest
  void decodesAnyBatch(byte[] input) {
    BlockDecoder decoder = new BlockDecoder(CHECKS);
    decoder.begin(Optional.of(Hash.ZERO));
    BatchSummary batch = decoder.batch(31, input, input.length);
    assertEquals(batch.entries(), decoder.finish(true).entries());
  }

  @Test
  void seedsMakeBlocks() {
    Recorder recorder = new Recorder();
    BlockAssembler assembler = assembler(Geometry.LIVE, recorder);
    block().forEach(shred -> MadeBlock.offer(assembler, shred));
    assertEquals(1, recorder.finished.size());
  }

  static Stream<Arguments> shreds() {
    byte[] whole = new byte[64 * 1228];
    List<byte[]> shreds = block();
    for (int i = 0; i < shreds.size(); i++) {
      System.arraycopy(shreds.get(i), 0, whole, i * 1228, shreds.get(i).length);
    }
    byte[] codeOnly = Arrays.copyOfRange(whole, 32 * 1228, whole.length);
    return Stream.of(whole, codeOnly, new byte[0], new byte[1228]).map(Arguments::of);
  }

  static Stream<Arguments> batches() {
    byte[] entry = new byte[8 + 48 + 9];
    entry[0] = 1;
    byte[] marker = {0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 9, 1, 0, 5};
    byte[] many = new byte[100];
    Arrays.fill(many, (byte) 0xff);
    return Stream.of(entry, marker, many, new byte[0]).map(Arguments::of);
  }

  private static List<byte[]> block() {
    byte[] payload = new byte[8 + 48];
    payload[0] = 1;
    return new SetMaker(3, 1, 1).set(payload, true, true, true);
  }

  private static BlockAssembler assembler(Geometry geometry, Recorder recorder) {
    return new BlockAssembler(
        new AssemblerOptions(
            geometry, CodeRebuild.ALWAYS, 2, 1 << 20, 1, geometry == Geometry.ANY, CHECKS),
        () -> 0,
        recorder,
        ShredSink.NONE);
  }
}
