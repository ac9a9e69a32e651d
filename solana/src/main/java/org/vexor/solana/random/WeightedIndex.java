package org.vexor.solana.random;

/// Draws an index with a chance in proportion to its weight, again and again from the same weights,
/// as rand 0.8's `WeightedIndex` with integers. Immutable.
public final class WeightedIndex {
  private final long[] sums; // sums[i] = weights[0] + ... + weights[i], unsigned
  private final long total;
  private final long zone;

  private WeightedIndex(long[] sums) {
    this.sums = sums;
    this.total = sums[sums.length - 1];
    this.zone = Uniform.instanceZone(total);
  }

  /// Over `weights`, unsigned.
  ///
  /// @throws IllegalArgumentException when all are 0 or their sum is 2^64 or more
  public static WeightedIndex of(long[] weights) {
    long[] sums = new long[weights.length];
    long sum = 0;
    for (int i = 0; i < weights.length; i++) {
      if (Long.compareUnsigned(sum + weights[i], sum) < 0) {
        throw new IllegalArgumentException("the weights up to index " + i + " sum to 2^64 or more");
      }
      sum += weights[i];
      sums[i] = sum;
    }
    if (sum == 0) {
      throw new IllegalArgumentException(
          "nothing to draw from: all of " + weights.length + " weights are 0");
    }
    return new WeightedIndex(sums);
  }

  /// The smallest index whose sum of weights exceeds the number drawn. Allocates nothing.
  public int sample(ChaCha random) {
    long drawn = Uniform.draw(random, total, zone);
    int low = 0;
    int high = sums.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (Long.compareUnsigned(sums[middle], drawn) > 0) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
