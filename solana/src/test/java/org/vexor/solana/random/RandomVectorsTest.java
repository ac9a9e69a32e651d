package org.vexor.solana.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.vexor.testkit.Fixtures;

/// The vectors that Agave's own tests hold.
final class RandomVectorsTest {
  @Test
  void streamOfTheZeroKeyIsTheOneOfTheCipher() {
    // draft-agl-tls-chacha20poly1305, key and nonce zero, block 0 and the start of block 1
    ChaCha random = ChaCha.chaCha20();
    byte[] stream = new byte[80];
    for (int i = 0; i < stream.length; i += 4) {
      int word = random.nextInt();
      for (int j = 0; j < 4; j++) {
        stream[i + j] = (byte) (word >>> (8 * j));
      }
    }
    assertEquals(
        "76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
            + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"
            + "9f07e7be5551387a98ba977c732d080d",
        HexFormat.of().formatHex(stream));
  }

  @Test
  void streamOfWordsAgrees() {
    JsonNode vector = vectors().get("u64_stream");
    ChaCha random = random(vector);
    for (JsonNode value : vector.get("values")) {
      assertEquals(value.asText(), Long.toUnsignedString(random.nextLong()));
    }
  }

  @Test
  void bothRangeSamplersAgree() {
    JsonNode single = vectors().get("sample_trait");
    ChaCha random = random(single);
    for (JsonNode value : single.get("values")) {
      assertEquals(value.asLong(), Uniform.single(random, single.get("n").asLong()));
    }
    JsonNode instance = vectors().get("sample_instance");
    random = random(instance);
    for (JsonNode value : instance.get("values")) {
      assertEquals(value.asLong(), Uniform.instance(random, instance.get("n").asLong()));
    }
  }

  @Test
  void weightedIndexAgrees() {
    JsonNode vectors = vectors().get("weighted_index");
    long[][] weights = {
      LongStream.range(0, 100).map(i -> 1).toArray(), LongStream.range(0, 1000).toArray()
    };
    assertEquals(weights.length, vectors.size());
    for (int v = 0; v < weights.length; v++) {
      ChaCha random = ChaCha.chaCha20().seed(seed(vectors.get(v)), 0);
      WeightedIndex index = WeightedIndex.of(weights[v]);
      for (JsonNode expected : vectors.get(v).get("indices")) {
        assertEquals(expected.asInt(), index.sample(random));
      }
    }
  }

  @Test
  void weightedShuffleAgreesAlsoWithRemovals() {
    WeightedShuffle shuffle = new WeightedShuffle();
    for (JsonNode vector : vectors().get("weighted_shuffle")) {
      long[] weights = longs(vector.get("weights"));
      shuffle.weights(weights, weights.length);
      if (vector.has("removed_in_order")) {
        vector.get("removed_in_order").forEach(removed -> shuffle.remove(removed.asInt()));
      }
      int[] expected = Arrays.stream(longs(vector.get("order"))).mapToInt(i -> (int) i).toArray();
      ChaCha random = random(vector);
      int[] drawn = IntStream.range(0, expected.length).map(i -> shuffle.next(random)).toArray();
      assertArrayEquals(expected, drawn);
      assertEquals(WeightedShuffle.EXHAUSTED, shuffle.next(random));
    }
  }

  @Test
  void refusesToDrawFromNothing() {
    assertThrows(IllegalArgumentException.class, () -> WeightedIndex.of(new long[3]));
    assertThrows(IllegalArgumentException.class, () -> WeightedIndex.of(new long[] {-1, 1}));
    assertThrows(IllegalArgumentException.class, () -> Uniform.single(ChaCha.chaCha8(), 0));
  }

  private static ChaCha random(JsonNode vector) {
    ChaCha random = vector.get("rounds").asInt() == 8 ? ChaCha.chaCha8() : ChaCha.chaCha20();
    return random.seed(seed(vector), 0);
  }

  private static byte[] seed(JsonNode vector) {
    byte[] seed = new byte[ChaCha.SEED_LENGTH];
    Arrays.fill(seed, (byte) vector.get("seed_byte").asInt());
    return seed;
  }

  private static long[] longs(JsonNode array) {
    return IntStream.range(0, array.size()).mapToLong(i -> array.get(i).asLong()).toArray();
  }

  private static JsonNode vectors() {
    try {
      return new JsonMapper().readTree(Fixtures.solanaBytes("agave/kat-random.json"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
