package org.vexor.turbine.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.vexor.testkit.Fixtures;

final class ReedSolomonTest {
  /// Unit vectors as data give the columns of the parity matrix as code.
  @Test
  void encodesWithTheMatrixOfFiredancer() {
    byte[] constants = Fixtures.solanaBytes("firedancer/generic_constants.bin");
    for (GaloisKernel kernel : kernels()) {
      byte[] set = new byte[64 * 32];
      for (int i = 0; i < 32; i++) {
        set[i * 32 + i] = 1;
      }
      encode(new ReedSolomon(kernel), set, 32, 32, 32);
      assertArrayEquals(
          Arrays.copyOfRange(constants, 2560 - 1024, 2560),
          Arrays.copyOfRange(set, 1024, 2048),
          kernel.name());
    }
  }

  /// A mainnet set of 7:21 unchained shreds, of which 11 were received; the rest as agave's
  /// blockstore recovered them.
  @Test
  void recoversTheErasureShardsOfAMainnetSet() {
    List<byte[]> received = u32List("sig/mainnet_recovery_284737905.received.bin");
    List<byte[]> expected = u32List("sig/mainnet_recovery_284737905.recovered.bin");
    int length = erasureLength(received);
    byte[] set = new byte[28 * length];
    ShardTable table = new ShardTable();
    table.reset(7, 21);
    for (int shard = 0; shard < 28; shard++) {
      table.missing(shard, set, shard * length);
    }
    for (byte[] shred : received) {
      int shard = shardOf(shred);
      System.arraycopy(shred, isData(shred) ? 64 : 89, set, shard * length, length);
      table.present(shard, set, shard * length);
    }
    assertTrue(new ReedSolomon().reconstruct(table, length));
    assertEquals(17, expected.size());
    for (byte[] shred : expected) {
      int from = isData(shred) ? 64 : 89;
      int shard = shardOf(shred);
      assertArrayEquals(
          Arrays.copyOfRange(shred, from, from + length),
          Arrays.copyOfRange(set, shard * length, (shard + 1) * length),
          "shard " + shard);
    }
  }

  @Property(tries = 150)
  void anyDataCountOfShardsGivesTheOthers(
      @ForAll @IntRange(min = 1, max = 67) int data,
      @ForAll @IntRange(min = 1, max = 67) int code,
      @ForAll @IntRange(min = 1, max = 1100) int length,
      @ForAll long seed) {
    Random random = new Random(seed);
    byte[] set = new byte[(data + code) * length];
    random.nextBytes(set);
    ReedSolomon codec = new ReedSolomon();
    encode(codec, set, data, code, length);

    List<Integer> order = new ArrayList<>();
    for (int shard = 0; shard < data + code; shard++) {
      order.add(shard);
    }
    Collections.shuffle(order, random);
    int kept = data + random.nextInt(code + 1);
    byte[] damaged = set.clone();
    ShardTable table = new ShardTable();
    table.reset(data, code);
    for (int i = 0; i < order.size(); i++) {
      int shard = order.get(i);
      if (i < kept) {
        table.present(shard, damaged, shard * length);
      } else {
        Arrays.fill(damaged, shard * length, (shard + 1) * length, (byte) random.nextInt());
        table.missing(shard, damaged, shard * length);
      }
    }
    assertTrue(codec.reconstruct(table, length));
    assertArrayEquals(set, damaged);
    for (int shard = 0; shard < data + code; shard++) {
      assertTrue(table.isPresent(shard));
    }
  }

  @Property(tries = 150)
  void bothKernelsGiveTheSameBytes(
      @ForAll @IntRange(min = 1, max = 67) int data,
      @ForAll @IntRange(min = 1, max = 67) int code,
      @ForAll @IntRange(min = 1, max = 1100) int length,
      @ForAll long seed) {
    byte[] scalar = new byte[(data + code) * length];
    new Random(seed).nextBytes(scalar);
    byte[] vector = scalar.clone();
    encode(new ReedSolomon(new ScalarKernel()), scalar, data, code, length);
    encode(new ReedSolomon(new VectorKernel()), vector, data, code, length);
    assertArrayEquals(scalar, vector);
  }

  @Test
  void refusesTooFewShardsAndTouchesNothing() {
    byte[] set = new byte[64 * 10];
    Arrays.fill(set, (byte) 7);
    ShardTable table = new ShardTable();
    table.reset(32, 32);
    for (int shard = 0; shard < 64; shard++) {
      if (shard < 31) {
        table.present(shard, set, shard * 10);
      } else {
        table.missing(shard, set, shard * 10);
      }
    }
    byte[] before = set.clone();
    assertFalse(new ReedSolomon().reconstruct(table, 10));
    assertArrayEquals(before, set);
    assertFalse(table.isPresent(31));
  }

  @Test
  void refusesGeometriesAndPlacesThatCannotBe() {
    ShardTable table = new ShardTable();
    assertThrows(IllegalArgumentException.class, () -> table.reset(0, 1));
    assertThrows(IllegalArgumentException.class, () -> table.reset(68, 1));
    assertThrows(IllegalArgumentException.class, () -> table.reset(1, 68));
    table.reset(1, 1);
    table.present(0, new byte[10], 1);
    table.missing(1, new byte[10], 0);
    assertThrows(IndexOutOfBoundsException.class, () -> new ReedSolomon().reconstruct(table, 10));
  }

  private static List<GaloisKernel> kernels() {
    return List.of(new ScalarKernel(), new VectorKernel());
  }

  private static void encode(ReedSolomon codec, byte[] set, int data, int code, int length) {
    ShardTable table = new ShardTable();
    table.reset(data, code);
    for (int shard = 0; shard < data + code; shard++) {
      if (shard < data) {
        table.present(shard, set, shard * length);
      } else {
        table.missing(shard, set, shard * length);
      }
    }
    assertTrue(codec.reconstruct(table, length));
  }

  private static List<byte[]> u32List(String name) {
    ByteBuffer file = ByteBuffer.wrap(Fixtures.solanaBytes(name)).order(ByteOrder.LITTLE_ENDIAN);
    List<byte[]> shreds = new ArrayList<>();
    while (file.hasRemaining()) {
      byte[] shred = new byte[file.getInt()];
      file.get(shred);
      shreds.add(shred);
    }
    return shreds;
  }

  private static boolean isData(byte[] shred) {
    return (shred[64] & 0x80) != 0;
  }

  private static int shardOf(byte[] shred) {
    ByteBuffer fields = ByteBuffer.wrap(shred).order(ByteOrder.LITTLE_ENDIAN);
    return isData(shred)
        ? fields.getInt(73) - fields.getInt(79)
        : fields.getShort(83) + fields.getShort(87);
  }

  /// Both kinds of unchained shred: from their start of coding to the proof.
  private static int erasureLength(List<byte[]> shreds) {
    byte[] shred = shreds.getFirst();
    int proof = (shred[64] & 0x0f) * 20;
    return isData(shred) ? 1203 - proof - 64 : 1228 - proof - 89;
  }
}
