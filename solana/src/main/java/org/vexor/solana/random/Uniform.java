package org.vexor.solana.random;

/// Draws from `[0, n)` as Rust's rand 0.8 does. It has two ways with different rejection zones, so
/// the same stream gives different draws; which one is right depends on the caller it has in Agave.
/// `n` is unsigned and not 0.
public final class Uniform {
  private Uniform() {}

  /// As the trait method `gen_range`: the weighted shuffle.
  public static long single(ChaCha random, long n) {
    return draw(random, n, (n << Long.numberOfLeadingZeros(n)) - 1);
  }

  /// As a `Uniform` instance: the weighted index.
  public static long instance(ChaCha random, long n) {
    return draw(random, n, instanceZone(n));
  }

  static long instanceZone(long n) {
    return -1 - Long.remainderUnsigned(-n, n);
  }

  /// Takes words until the lower half of `word * n` is at most `zone`; its upper half is the draw.
  static long draw(ChaCha random, long n, long zone) {
    if (n == 0) {
      throw new IllegalArgumentException("nothing to draw from: the range [0, 0) is empty");
    }
    while (true) {
      long word = random.nextLong();
      if (Long.compareUnsigned(word * n, zone) <= 0) {
        return Math.unsignedMultiplyHigh(word, n);
      }
    }
  }
}
