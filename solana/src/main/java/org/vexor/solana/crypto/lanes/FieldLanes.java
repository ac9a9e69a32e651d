package org.vexor.solana.crypto.lanes;

import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// Numbers modulo 2^255 - 19, one in each lane, all lanes at once.
///
/// A number is ten limbs of 26 and 25 bits by turns; an array holds the first limbs of all lanes,
/// then the second ones, and so on. Limbs are never negative and may be greater than their share:
///
/// | called | even limbs below | odd limbs below |
/// |---|---|---|
/// | tight | 2^26 + 2^7 | 2^25 + 2^16 |
/// | loose, a sum of two tight | 2^27 + 2^8 | 2^26 + 2^17 |
/// | wide, a sum of three tight | 3 * 2^26 + 2^9 | 3 * 2^25 + 2^18 |
///
/// Products are of 32 by 32 bits, which the JIT makes one instruction of when both factors are seen
/// to be masked; 19 times a wide limb is below 2^32, and the sum of a column below 2^63.
///
/// Each method is free of calls but to vectors: past a number of nodes the compiler stops inlining
/// other methods, and a vector that is handed to one is an object. `out` may be an operand.
final class FieldLanes {
  static final int LIMBS = 10;

  private static final VectorSpecies<Long> SPECIES = LongVector.SPECIES_PREFERRED;

  /// How many lanes there are.
  static final int WIDTH = SPECIES.length();

  static final long MASK_26 = (1L << 26) - 1;
  static final long MASK_25 = (1L << 25) - 1;
  private static final long LOW = 0xffff_ffffL;

  // Four times the prime, limb by limb: more than any loose number.
  private static final long BIAS_0 = 4 * (MASK_26 - 18);
  private static final long BIAS_EVEN = 4 * MASK_26;
  private static final long BIAS_ODD = 4 * MASK_25;

  private FieldLanes() {}

  static long[] zero() {
    return new long[LIMBS * WIDTH];
  }

  /// A sum of tight numbers is loose, of a loose and a tight one wide.
  static void add(long[] a, long[] b, long[] out) {
    for (int at = 0; at < LIMBS * WIDTH; at += WIDTH) {
      LongVector.fromArray(SPECIES, a, at)
          .add(LongVector.fromArray(SPECIES, b, at))
          .intoArray(out, at);
    }
  }

  /// Of tight or loose numbers; gives a tight one.
  static void subtract(long[] a, long[] b, long[] out) {
    LongVector mask26 = LongVector.broadcast(SPECIES, MASK_26);
    LongVector mask25 = LongVector.broadcast(SPECIES, MASK_25);
    LongVector over =
        LongVector.fromArray(SPECIES, a, 9 * WIDTH)
            .add(BIAS_ODD)
            .sub(LongVector.fromArray(SPECIES, b, 9 * WIDTH))
            .lanewise(LSHR, 25);
    LongVector carry = over.lanewise(LSHL, 4).add(over.lanewise(LSHL, 1)).add(over);
    LongVector bias = LongVector.broadcast(SPECIES, BIAS_0);
    for (int at = 0; at < LIMBS * WIDTH; at += 2 * WIDTH) {
      LongVector even =
          LongVector.fromArray(SPECIES, a, at).add(bias).sub(LongVector.fromArray(SPECIES, b, at));
      LongVector odd =
          LongVector.fromArray(SPECIES, a, at + WIDTH)
              .add(BIAS_ODD)
              .sub(LongVector.fromArray(SPECIES, b, at + WIDTH));
      even.and(mask26).add(carry).intoArray(out, at);
      odd.and(mask25).add(even.lanewise(LSHR, 26)).intoArray(out, at + WIDTH);
      carry = odd.lanewise(LSHR, 25);
      bias = LongVector.broadcast(SPECIES, BIAS_EVEN);
    }
  }

  /// The square, `times` over.
  static void square(long[] a, int times, long[] out) {
    square(a, out);
    for (int i = 1; i < times; i++) {
      square(out, out);
    }
  }

  /// Of tight, loose or wide numbers; gives a tight one.
  static void multiply(long[] a, long[] b, long[] out) {
    LongVector low = LongVector.broadcast(SPECIES, LOW);
    LongVector mask26 = LongVector.broadcast(SPECIES, MASK_26);
    LongVector mask25 = LongVector.broadcast(SPECIES, MASK_25);
    LongVector x0 = LongVector.fromArray(SPECIES, a, 0 * WIDTH).and(low);
    LongVector x1 = LongVector.fromArray(SPECIES, a, 1 * WIDTH).and(low);
    LongVector x2 = LongVector.fromArray(SPECIES, a, 2 * WIDTH).and(low);
    LongVector x3 = LongVector.fromArray(SPECIES, a, 3 * WIDTH).and(low);
    LongVector x4 = LongVector.fromArray(SPECIES, a, 4 * WIDTH).and(low);
    LongVector x5 = LongVector.fromArray(SPECIES, a, 5 * WIDTH).and(low);
    LongVector x6 = LongVector.fromArray(SPECIES, a, 6 * WIDTH).and(low);
    LongVector x7 = LongVector.fromArray(SPECIES, a, 7 * WIDTH).and(low);
    LongVector x8 = LongVector.fromArray(SPECIES, a, 8 * WIDTH).and(low);
    LongVector x9 = LongVector.fromArray(SPECIES, a, 9 * WIDTH).and(low);
    LongVector y0 = LongVector.fromArray(SPECIES, b, 0 * WIDTH).and(low);
    LongVector y1 = LongVector.fromArray(SPECIES, b, 1 * WIDTH).and(low);
    LongVector y2 = LongVector.fromArray(SPECIES, b, 2 * WIDTH).and(low);
    LongVector y3 = LongVector.fromArray(SPECIES, b, 3 * WIDTH).and(low);
    LongVector y4 = LongVector.fromArray(SPECIES, b, 4 * WIDTH).and(low);
    LongVector y5 = LongVector.fromArray(SPECIES, b, 5 * WIDTH).and(low);
    LongVector y6 = LongVector.fromArray(SPECIES, b, 6 * WIDTH).and(low);
    LongVector y7 = LongVector.fromArray(SPECIES, b, 7 * WIDTH).and(low);
    LongVector y8 = LongVector.fromArray(SPECIES, b, 8 * WIDTH).and(low);
    LongVector y9 = LongVector.fromArray(SPECIES, b, 9 * WIDTH).and(low);
    LongVector x1d = x1.add(x1).and(low);
    LongVector x3d = x3.add(x3).and(low);
    LongVector x5d = x5.add(x5).and(low);
    LongVector x7d = x7.add(x7).and(low);
    LongVector x9d = x9.add(x9).and(low);
    LongVector y1w = y1.lanewise(LSHL, 4).add(y1.lanewise(LSHL, 1)).add(y1).and(low);
    LongVector y2w = y2.lanewise(LSHL, 4).add(y2.lanewise(LSHL, 1)).add(y2).and(low);
    LongVector y3w = y3.lanewise(LSHL, 4).add(y3.lanewise(LSHL, 1)).add(y3).and(low);
    LongVector y4w = y4.lanewise(LSHL, 4).add(y4.lanewise(LSHL, 1)).add(y4).and(low);
    LongVector y5w = y5.lanewise(LSHL, 4).add(y5.lanewise(LSHL, 1)).add(y5).and(low);
    LongVector y6w = y6.lanewise(LSHL, 4).add(y6.lanewise(LSHL, 1)).add(y6).and(low);
    LongVector y7w = y7.lanewise(LSHL, 4).add(y7.lanewise(LSHL, 1)).add(y7).and(low);
    LongVector y8w = y8.lanewise(LSHL, 4).add(y8.lanewise(LSHL, 1)).add(y8).and(low);
    LongVector y9w = y9.lanewise(LSHL, 4).add(y9.lanewise(LSHL, 1)).add(y9).and(low);
    LongVector c0 =
        x0.mul(y0)
            .add(x1d.mul(y9w))
            .add(x2.mul(y8w))
            .add(x3d.mul(y7w))
            .add(x4.mul(y6w))
            .add(x5d.mul(y5w))
            .add(x6.mul(y4w))
            .add(x7d.mul(y3w))
            .add(x8.mul(y2w))
            .add(x9d.mul(y1w));
    LongVector c1 =
        x0.mul(y1)
            .add(x1.mul(y0))
            .add(x2.mul(y9w))
            .add(x3.mul(y8w))
            .add(x4.mul(y7w))
            .add(x5.mul(y6w))
            .add(x6.mul(y5w))
            .add(x7.mul(y4w))
            .add(x8.mul(y3w))
            .add(x9.mul(y2w));
    LongVector c2 =
        x0.mul(y2)
            .add(x1d.mul(y1))
            .add(x2.mul(y0))
            .add(x3d.mul(y9w))
            .add(x4.mul(y8w))
            .add(x5d.mul(y7w))
            .add(x6.mul(y6w))
            .add(x7d.mul(y5w))
            .add(x8.mul(y4w))
            .add(x9d.mul(y3w));
    LongVector c3 =
        x0.mul(y3)
            .add(x1.mul(y2))
            .add(x2.mul(y1))
            .add(x3.mul(y0))
            .add(x4.mul(y9w))
            .add(x5.mul(y8w))
            .add(x6.mul(y7w))
            .add(x7.mul(y6w))
            .add(x8.mul(y5w))
            .add(x9.mul(y4w));
    LongVector c4 =
        x0.mul(y4)
            .add(x1d.mul(y3))
            .add(x2.mul(y2))
            .add(x3d.mul(y1))
            .add(x4.mul(y0))
            .add(x5d.mul(y9w))
            .add(x6.mul(y8w))
            .add(x7d.mul(y7w))
            .add(x8.mul(y6w))
            .add(x9d.mul(y5w));
    LongVector c5 =
        x0.mul(y5)
            .add(x1.mul(y4))
            .add(x2.mul(y3))
            .add(x3.mul(y2))
            .add(x4.mul(y1))
            .add(x5.mul(y0))
            .add(x6.mul(y9w))
            .add(x7.mul(y8w))
            .add(x8.mul(y7w))
            .add(x9.mul(y6w));
    LongVector c6 =
        x0.mul(y6)
            .add(x1d.mul(y5))
            .add(x2.mul(y4))
            .add(x3d.mul(y3))
            .add(x4.mul(y2))
            .add(x5d.mul(y1))
            .add(x6.mul(y0))
            .add(x7d.mul(y9w))
            .add(x8.mul(y8w))
            .add(x9d.mul(y7w));
    LongVector c7 =
        x0.mul(y7)
            .add(x1.mul(y6))
            .add(x2.mul(y5))
            .add(x3.mul(y4))
            .add(x4.mul(y3))
            .add(x5.mul(y2))
            .add(x6.mul(y1))
            .add(x7.mul(y0))
            .add(x8.mul(y9w))
            .add(x9.mul(y8w));
    LongVector c8 =
        x0.mul(y8)
            .add(x1d.mul(y7))
            .add(x2.mul(y6))
            .add(x3d.mul(y5))
            .add(x4.mul(y4))
            .add(x5d.mul(y3))
            .add(x6.mul(y2))
            .add(x7d.mul(y1))
            .add(x8.mul(y0))
            .add(x9d.mul(y9w));
    LongVector c9 =
        x0.mul(y9)
            .add(x1.mul(y8))
            .add(x2.mul(y7))
            .add(x3.mul(y6))
            .add(x4.mul(y5))
            .add(x5.mul(y4))
            .add(x6.mul(y3))
            .add(x7.mul(y2))
            .add(x8.mul(y1))
            .add(x9.mul(y0));
    c1 = c1.add(c0.lanewise(LSHR, 26));
    c0 = c0.and(mask26);
    c5 = c5.add(c4.lanewise(LSHR, 26));
    c4 = c4.and(mask26);
    c2 = c2.add(c1.lanewise(LSHR, 25));
    c1 = c1.and(mask25);
    c6 = c6.add(c5.lanewise(LSHR, 25));
    c5 = c5.and(mask25);
    c3 = c3.add(c2.lanewise(LSHR, 26));
    c2 = c2.and(mask26);
    c7 = c7.add(c6.lanewise(LSHR, 26));
    c6 = c6.and(mask26);
    c4 = c4.add(c3.lanewise(LSHR, 25));
    c3 = c3.and(mask25);
    c8 = c8.add(c7.lanewise(LSHR, 25));
    c7 = c7.and(mask25);
    c5 = c5.add(c4.lanewise(LSHR, 26));
    c4 = c4.and(mask26);
    c9 = c9.add(c8.lanewise(LSHR, 26));
    c8 = c8.and(mask26);
    LongVector over = c9.lanewise(LSHR, 25);
    c9 = c9.and(mask25);
    c0 = c0.add(over.lanewise(LSHL, 4).add(over.lanewise(LSHL, 1)).add(over));
    c1 = c1.add(c0.lanewise(LSHR, 26));
    c0 = c0.and(mask26);
    c0.intoArray(out, 0 * WIDTH);
    c1.intoArray(out, 1 * WIDTH);
    c2.intoArray(out, 2 * WIDTH);
    c3.intoArray(out, 3 * WIDTH);
    c4.intoArray(out, 4 * WIDTH);
    c5.intoArray(out, 5 * WIDTH);
    c6.intoArray(out, 6 * WIDTH);
    c7.intoArray(out, 7 * WIDTH);
    c8.intoArray(out, 8 * WIDTH);
    c9.intoArray(out, 9 * WIDTH);
  }

  /// Of a tight or loose number; gives a tight one.
  static void square(long[] a, long[] out) {
    LongVector low = LongVector.broadcast(SPECIES, LOW);
    LongVector mask26 = LongVector.broadcast(SPECIES, MASK_26);
    LongVector mask25 = LongVector.broadcast(SPECIES, MASK_25);
    LongVector x0 = LongVector.fromArray(SPECIES, a, 0 * WIDTH).and(low);
    LongVector x1 = LongVector.fromArray(SPECIES, a, 1 * WIDTH).and(low);
    LongVector x2 = LongVector.fromArray(SPECIES, a, 2 * WIDTH).and(low);
    LongVector x3 = LongVector.fromArray(SPECIES, a, 3 * WIDTH).and(low);
    LongVector x4 = LongVector.fromArray(SPECIES, a, 4 * WIDTH).and(low);
    LongVector x5 = LongVector.fromArray(SPECIES, a, 5 * WIDTH).and(low);
    LongVector x6 = LongVector.fromArray(SPECIES, a, 6 * WIDTH).and(low);
    LongVector x7 = LongVector.fromArray(SPECIES, a, 7 * WIDTH).and(low);
    LongVector x8 = LongVector.fromArray(SPECIES, a, 8 * WIDTH).and(low);
    LongVector x9 = LongVector.fromArray(SPECIES, a, 9 * WIDTH).and(low);
    LongVector x0d = x0.add(x0).and(low);
    LongVector x1d = x1.add(x1).and(low);
    LongVector x2d = x2.add(x2).and(low);
    LongVector x3d = x3.add(x3).and(low);
    LongVector x4d = x4.add(x4).and(low);
    LongVector x5d = x5.add(x5).and(low);
    LongVector x6d = x6.add(x6).and(low);
    LongVector x7d = x7.add(x7).and(low);
    LongVector x8d = x8.add(x8).and(low);
    LongVector x9d = x9.add(x9).and(low);
    LongVector x5w = x5.lanewise(LSHL, 4).add(x5.lanewise(LSHL, 1)).add(x5).and(low);
    LongVector x6w = x6.lanewise(LSHL, 4).add(x6.lanewise(LSHL, 1)).add(x6).and(low);
    LongVector x7w = x7.lanewise(LSHL, 4).add(x7.lanewise(LSHL, 1)).add(x7).and(low);
    LongVector x8w = x8.lanewise(LSHL, 4).add(x8.lanewise(LSHL, 1)).add(x8).and(low);
    LongVector x9w = x9.lanewise(LSHL, 4).add(x9.lanewise(LSHL, 1)).add(x9).and(low);
    LongVector x7v = x7w.add(x7w).and(low);
    LongVector x9v = x9w.add(x9w).and(low);
    LongVector c0 =
        x0.mul(x0)
            .add(x1d.mul(x9v))
            .add(x2d.mul(x8w))
            .add(x3d.mul(x7v))
            .add(x4d.mul(x6w))
            .add(x5d.mul(x5w));
    LongVector c1 =
        x0d.mul(x1).add(x2d.mul(x9w)).add(x3d.mul(x8w)).add(x4d.mul(x7w)).add(x5d.mul(x6w));
    LongVector c2 =
        x0d.mul(x2)
            .add(x1d.mul(x1))
            .add(x3d.mul(x9v))
            .add(x4d.mul(x8w))
            .add(x5d.mul(x7v))
            .add(x6.mul(x6w));
    LongVector c3 =
        x0d.mul(x3).add(x1d.mul(x2)).add(x4d.mul(x9w)).add(x5d.mul(x8w)).add(x6d.mul(x7w));
    LongVector c4 =
        x0d.mul(x4)
            .add(x1d.mul(x3d))
            .add(x2.mul(x2))
            .add(x5d.mul(x9v))
            .add(x6d.mul(x8w))
            .add(x7d.mul(x7w));
    LongVector c5 =
        x0d.mul(x5).add(x1d.mul(x4)).add(x2d.mul(x3)).add(x6d.mul(x9w)).add(x7d.mul(x8w));
    LongVector c6 =
        x0d.mul(x6)
            .add(x1d.mul(x5d))
            .add(x2d.mul(x4))
            .add(x3d.mul(x3))
            .add(x7d.mul(x9v))
            .add(x8.mul(x8w));
    LongVector c7 =
        x0d.mul(x7).add(x1d.mul(x6)).add(x2d.mul(x5)).add(x3d.mul(x4)).add(x8d.mul(x9w));
    LongVector c8 =
        x0d.mul(x8)
            .add(x1d.mul(x7d))
            .add(x2d.mul(x6))
            .add(x3d.mul(x5d))
            .add(x4.mul(x4))
            .add(x9d.mul(x9w));
    LongVector c9 = x0d.mul(x9).add(x1d.mul(x8)).add(x2d.mul(x7)).add(x3d.mul(x6)).add(x4d.mul(x5));
    c1 = c1.add(c0.lanewise(LSHR, 26));
    c0 = c0.and(mask26);
    c5 = c5.add(c4.lanewise(LSHR, 26));
    c4 = c4.and(mask26);
    c2 = c2.add(c1.lanewise(LSHR, 25));
    c1 = c1.and(mask25);
    c6 = c6.add(c5.lanewise(LSHR, 25));
    c5 = c5.and(mask25);
    c3 = c3.add(c2.lanewise(LSHR, 26));
    c2 = c2.and(mask26);
    c7 = c7.add(c6.lanewise(LSHR, 26));
    c6 = c6.and(mask26);
    c4 = c4.add(c3.lanewise(LSHR, 25));
    c3 = c3.and(mask25);
    c8 = c8.add(c7.lanewise(LSHR, 25));
    c7 = c7.and(mask25);
    c5 = c5.add(c4.lanewise(LSHR, 26));
    c4 = c4.and(mask26);
    c9 = c9.add(c8.lanewise(LSHR, 26));
    c8 = c8.and(mask26);
    LongVector over = c9.lanewise(LSHR, 25);
    c9 = c9.and(mask25);
    c0 = c0.add(over.lanewise(LSHL, 4).add(over.lanewise(LSHL, 1)).add(over));
    c1 = c1.add(c0.lanewise(LSHR, 26));
    c0 = c0.and(mask26);
    c0.intoArray(out, 0 * WIDTH);
    c1.intoArray(out, 1 * WIDTH);
    c2.intoArray(out, 2 * WIDTH);
    c3.intoArray(out, 3 * WIDTH);
    c4.intoArray(out, 4 * WIDTH);
    c5.intoArray(out, 5 * WIDTH);
    c6.intoArray(out, 6 * WIDTH);
    c7.intoArray(out, 7 * WIDTH);
    c8.intoArray(out, 8 * WIDTH);
    c9.intoArray(out, 9 * WIDTH);
  }
}
