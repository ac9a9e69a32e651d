package org.vexor.gossip.filter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.random.ChaCha;
import org.vexor.testkit.Fixtures;

final class FilterVectorsTest {
  @Test
  void bitsLieWhereAgavePutsThem() throws IOException {
    Bloom one = Bloom.of(128, 1);
    one.add(new byte[] {1});
    assertEquals(vector("bloom_128bits_key1_add01"), hex(one));
    Bloom three = Bloom.of(128, 1, 2, 3);
    three.add(new byte[] {1, 2});
    three.add(new byte[] {3, 4});
    assertEquals(vector("bloom_128bits_keys123_add0102_add0304"), hex(three));
  }

  @Test
  void theEmptyFilterOfAgaveIsReadAndServedToNobody() throws IOException {
    byte[] bytes = HexFormat.of().parseHex(vector("default_crds_filter"));
    var in = new WireReader(bytes);
    CrdsFilter filter = CrdsFilter.read(in);
    in.expectEnd();
    assertTrue(in.ok());
    assertFalse(filter.isServed());
    assertFalse(filter.bloom().contains(Hash.ZERO), "no bits to look at");
    var out = new WireWriter(new byte[bytes.length]);
    filter.write(out);
    assertArrayEquals(bytes, out.toByteArray());
  }

  @Test
  void sizesFollowAgavesRules() {
    int bits = 8 * 928;
    int items = CrdsFilter.maximumItems(bits);
    assertEquals(1287, items);
    assertEquals(6168, Bloom.bitsFor(items, CrdsFilter.FALSE_RATE, bits));
    assertEquals(3, Bloom.keysFor(6168, items));
    assertEquals(6, CrdsFilter.maskBits(65_536, items));
    assertEquals(32_768, Bloom.bitsFor(8192, 0.1, 32_768));
  }

  @Test
  void partsCoverEveryHashOnce() {
    ChaCha random = ChaCha.chaCha8();
    for (int i = 0; i < 100; i++) {
      long prefix = random.nextLong();
      int covering = 0;
      for (int part = 0; part < 64; part++) {
        CrdsFilter filter = CrdsFilter.of(Bloom.of(64, 1), part, 6);
        assertEquals(part, filter.part(6));
        covering += filter.covers(prefix) ? 1 : 0;
      }
      assertEquals(1, covering);
    }
  }

  @Test
  void wrongAnswersAreAsRareAsAskedFor() {
    Bloom bloom = Bloom.random(1287, CrdsFilter.FALSE_RATE, 8 * 928, ChaCha.chaCha8());
    var random = new Random(1);
    for (int i = 0; i < 1287; i++) {
      Hash hash = hash(random);
      bloom.add(hash);
      assertTrue(bloom.contains(hash));
    }
    int wrong = 0;
    for (int i = 0; i < 10_000; i++) {
      wrong += bloom.contains(hash(random)) ? 1 : 0;
    }
    assertTrue(wrong > 500 && wrong < 1500, "one in ten: " + wrong);
  }

  private static Hash hash(Random random) {
    byte[] bytes = new byte[Hash.LENGTH];
    random.nextBytes(bytes);
    return Hash.of(bytes);
  }

  private static String hex(Bloom bloom) {
    var out = new WireWriter(new byte[1232]);
    bloom.write(out);
    return HexFormat.of().formatHex(out.toByteArray());
  }

  private static String vector(String name) throws IOException {
    JsonNode vectors =
        new ObjectMapper().readTree(Fixtures.solanaBytes("sig/kat-gossip-repair.json"));
    return vectors.path(name).asText();
  }
}
