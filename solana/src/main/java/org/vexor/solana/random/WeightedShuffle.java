package org.vexor.solana.random;

import java.util.Arrays;
import java.util.Objects;

/// An order of indices at random, heavy ones likely first, as Agave's
/// gossip/src/weighted_shuffle.rs.
///
/// Each draw picks an index in proportion to the weights still in and takes it out; when only zero
/// weights are left they follow in uniform order. A draw costs O(log n).
///
/// One instance serves many shuffles over the same weights: [#reset] puts everything back by two
/// array copies. Owned by one thread; only [#weights] may allocate, when it must grow.
///
/// ```
/// shuffle.reset(); shuffle.remove(leader); random.seed(seed, 0);
/// for (int i; (i = shuffle.next(random)) >= 0; ) ...
/// ```
public final class WeightedShuffle {
  /// What [#next] returns when all indices were drawn or removed.
  public static final int EXHAUSTED = -1;

  // A complete binary tree over `leaves` leaves; left[node] is the sum of the node's left half.
  private int leaves = 1;
  private int count;
  private long total;
  private int zeroCount;
  private long[] left = new long[1];
  private long[] weights = new long[1];
  private int[] zeros = new int[1]; // indices of weight 0, ascending

  private long drawTotal;
  private int drawZeroCount;
  private long[] drawLeft = new long[1];
  private long[] drawWeights = new long[1];
  private int[] drawZeros = new int[1];

  /// Takes over the first `length` of `newWeights`, unsigned, and resets. A weight that would lift
  /// the sum of those before it to 2^64 counts as 0.
  ///
  /// @throws IndexOutOfBoundsException when there are fewer
  public void weights(long[] newWeights, int length) {
    grow(length);
    Arrays.fill(left, 0, leaves, 0);
    count = length;
    total = 0;
    zeroCount = 0;
    for (int i = 0; i < length; i++) {
      long weight = newWeights[i];
      boolean overflows = Long.compareUnsigned(total + weight, total) < 0;
      weights[i] = overflows ? 0 : weight;
      if (weights[i] == 0) {
        zeros[zeroCount++] = i;
      } else {
        total += weight;
        add(left, i, weight);
      }
    }
    reset();
  }

  /// Puts all indices back.
  public void reset() {
    drawTotal = total;
    drawZeroCount = zeroCount;
    System.arraycopy(left, 0, drawLeft, 0, leaves);
    System.arraycopy(weights, 0, drawWeights, 0, count);
    System.arraycopy(zeros, 0, drawZeros, 0, zeroCount);
  }

  /// Takes `index` out of the draws until the next [#reset]; nothing happens when it is out
  /// already.
  ///
  /// @throws IndexOutOfBoundsException when there is no such index
  public void remove(int index) {
    Objects.checkIndex(index, count);
    if (drawWeights[index] != 0) {
      take(index);
      return;
    }
    for (int i = 0; i < drawZeroCount; i++) {
      if (drawZeros[i] == index) {
        drawZeroCount--;
        System.arraycopy(drawZeros, i + 1, drawZeros, i, drawZeroCount - i);
        return;
      }
    }
  }

  /// Draws the next index, or [#EXHAUSTED].
  public int next(ChaCha random) {
    if (drawTotal != 0) {
      int index = find(Uniform.single(random, drawTotal));
      take(index);
      return index;
    }
    if (drawZeroCount == 0) {
      return EXHAUSTED;
    }
    int at = (int) Uniform.single(random, drawZeroCount);
    int index = drawZeros[at];
    drawZeros[at] = drawZeros[--drawZeroCount];
    return index;
  }

  /// The smallest index whose sum of weights, itself included, exceeds `drawn`.
  private int find(long drawn) {
    int node = 1;
    while (node < leaves) {
      long leftSum = drawLeft[node];
      node <<= 1;
      if (Long.compareUnsigned(drawn, leftSum) >= 0) {
        drawn -= leftSum;
        node++;
      }
    }
    return node - leaves;
  }

  private void take(int index) {
    long weight = drawWeights[index];
    drawWeights[index] = 0;
    drawTotal -= weight;
    add(drawLeft, index, -weight);
  }

  private void add(long[] tree, int index, long weight) {
    for (int node = leaves + index; node > 1; node >>= 1) {
      if ((node & 1) == 0) {
        tree[node >> 1] += weight;
      }
    }
  }

  private void grow(int length) {
    leaves = Math.max(1, Integer.highestOneBit(Math.max(1, length - 1)) << (length > 1 ? 1 : 0));
    if (weights.length < length) {
      weights = new long[leaves];
      drawWeights = new long[leaves];
      zeros = new int[leaves];
      drawZeros = new int[leaves];
      left = new long[leaves];
      drawLeft = new long[leaves];
    }
  }
}
