package org.vexor.solana.random;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class WeightedShuffleTest {
  private final WeightedShuffle shuffle = new WeightedShuffle();

  @Property(tries = 300)
  void drawsAsTheNaiveModelAndAgainAfterReset(
      @ForAll @Size(max = 70) List<@IntRange(min = 0, max = 5) Integer> small,
      @ForAll @IntRange(max = 62) int scale,
      @ForAll @Size(max = 5) List<@IntRange(max = 69) Integer> removals,
      @ForAll @Size(32) byte[] seed) {
    long[] weights = small.stream().mapToLong(w -> (long) w << scale).toArray();
    List<Integer> removed = removals.stream().filter(r -> r < weights.length).toList();
    List<Integer> expected = model(weights, removed, ChaCha.chaCha8().seed(seed, 0));
    WeightedShuffle used = new WeightedShuffle();
    used.weights(new long[] {1, 2, 3}, 3); // an instance with a past
    used.weights(weights, weights.length);
    for (int round = 0; round < 2; round++) {
      used.reset();
      removed.forEach(used::remove);
      assertEquals(expected, drain(used, ChaCha.chaCha8().seed(seed, 0)));
    }
  }

  @Test
  void fewerWeightsThanBeforeAreTheOnlyOnesDrawn() {
    shuffle.weights(new long[] {5, 0, 7, 9, 0, 3, 4, 4, 8}, 9);
    shuffle.weights(new long[] {0, 6, 99}, 2);
    assertEquals(List.of(1, 0), drain(shuffle, ChaCha.chaCha20()));
    shuffle.weights(new long[0], 0);
    assertEquals(List.of(), drain(shuffle, ChaCha.chaCha20()));
  }

  private static List<Integer> drain(WeightedShuffle shuffle, ChaCha random) {
    List<Integer> drawn = new ArrayList<>();
    for (int i = shuffle.next(random); i >= 0; i = shuffle.next(random)) {
      drawn.add(i);
    }
    return drawn;
  }

  private static List<Integer> model(long[] weights, List<Integer> removed, ChaCha random) {
    BigInteger limit = BigInteger.ONE.shiftLeft(64);
    BigInteger sum = BigInteger.ZERO;
    List<Integer> heavy = new ArrayList<>();
    List<Integer> zeros = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      BigInteger weight = new BigInteger(Long.toUnsignedString(weights[i]));
      if (weight.signum() > 0 && sum.add(weight).compareTo(limit) < 0) {
        sum = sum.add(weight);
        heavy.add(i);
      } else {
        zeros.add(i);
      }
    }
    heavy.removeAll(removed);
    zeros.removeAll(removed);
    List<Integer> order = new ArrayList<>();
    while (!heavy.isEmpty()) {
      long rest = heavy.stream().mapToLong(i -> weights[i]).sum();
      long drawn = Uniform.single(random, rest);
      long prefix = 0;
      int at = 0;
      while (Long.compareUnsigned(prefix + weights[heavy.get(at)], drawn) <= 0) {
        prefix += weights[heavy.get(at++)];
      }
      order.add(heavy.get(at));
      heavy.subList(at, at + 1).clear();
    }
    while (!zeros.isEmpty()) {
      int at = (int) Uniform.single(random, zeros.size());
      order.add(zeros.get(at));
      zeros.set(at, zeros.getLast());
      zeros.removeLast();
    }
    return order;
  }
}
