package org.vexor.solana.crypto.lanes;

/// [EquationLanes] on [FieldLanes].
///
/// From the highest digit of h, of 16^63, down: the sum is doubled four times, and a multiple of -A
/// added; at every second digit also one of B, as s has a digit of 256^i where h has one of
/// 16^(2i). In each step all lanes do the same with other numbers, which are fetched by lane.
final class VectorEquation implements EquationLanes {
  private static final int WIDTH = FieldLanes.WIDTH;
  private static final int HASH_DIGITS = 64;

  private final byte[][] hashDigits = new byte[WIDTH][HASH_DIGITS];
  private final short[][] scalarDigits = new short[WIDTH][HASH_DIGITS / 2];
  private final long[][] expected = new long[WIDTH][LaneBytes.WORDS];
  private final boolean[] isKeyOdd = new boolean[WIDTH];
  private final long[] keyY = FieldLanes.zero();
  private final long[] words = new long[LaneBytes.WORDS];

  private final FieldPowers powers = new FieldPowers();
  private final KeyMultiples keys = new KeyMultiples(powers);
  private final int[] base = BaseMultiples.make();
  private final PointLanes sum = new PointLanes();
  private final long[][] ofKey = new long[4][FieldLanes.LIMBS * WIDTH];
  private final long[][] ofBase = new long[3][FieldLanes.LIMBS * WIDTH];

  @Override
  public int width() {
    return WIDTH;
  }

  @Override
  public void load(
      int lane, byte[] hash, byte[] signature, int signatureOffset, byte[] key, int keyOffset) {
    Scalars.reduce(hash, words);
    Scalars.digitsOf16(words, hashDigits[lane]);
    Scalars.digitsOf256(signature, signatureOffset + 32, scalarDigits[lane]);
    for (int i = 0; i < LaneBytes.WORDS; i++) {
      expected[lane][i] = LaneBytes.word(signature, signatureOffset, i);
    }
    isKeyOdd[lane] = key[keyOffset + 31] < 0;
    LaneBytes.set(keyY, lane, key, keyOffset);
  }

  @Override
  public int check() {
    int onCurve = keys.make(keyY, isKeyOdd);
    sum.reset();
    for (int i = HASH_DIGITS - 1; i >= 0; i--) {
      boolean isBaseDue = i % 2 == 0;
      // Long before it is used: a vector read soon after its lanes were written waits for them.
      fetch(i, isBaseDue);
      if (i < HASH_DIGITS - 1) {
        sum.twice(false);
        sum.twice(false);
        sum.twice(false);
        sum.twice(true);
      }
      sum.add(ofKey[0], ofKey[1], ofKey[3], ofKey[2], isBaseDue);
      if (isBaseDue) {
        sum.add(ofBase[0], ofBase[1], ofBase[2], false);
      }
    }
    return onCurve & equalToExpected();
  }

  private void fetch(int digit, boolean isBaseDue) {
    for (int lane = 0; lane < WIDTH; lane++) {
      keys.fetch(hashDigits[lane][digit], lane, ofKey);
    }
    for (int lane = 0; lane < WIDTH && isBaseDue; lane++) {
      fetchBase(scalarDigits[lane][digit / 2], lane);
    }
  }

  private void fetchBase(int digit, int lane) {
    int from = Math.abs(digit) * BaseMultiples.COORDINATES * FieldLanes.LIMBS;
    boolean isNegative = digit < 0;
    copyBase(from + (isNegative ? FieldLanes.LIMBS : 0), ofBase[0], lane);
    copyBase(from + (isNegative ? 0 : FieldLanes.LIMBS), ofBase[1], lane);
    copyBase(from + (isNegative ? 3 : 2) * FieldLanes.LIMBS, ofBase[2], lane);
  }

  private void copyBase(int from, long[] to, int lane) {
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      to[limb * WIDTH + lane] = base[from + limb];
    }
  }

  /// Compares y with the sign of x, as R is written, with the R of each lane.
  private int equalToExpected() {
    long[] inverse = ofKey[0];
    long[] x = ofKey[1];
    long[] y = ofKey[2];
    powers.invert(sum.z, inverse);
    FieldLanes.multiply(sum.x, inverse, x);
    FieldLanes.multiply(sum.y, inverse, y);
    int equal = 0;
    for (int lane = 0; lane < WIDTH; lane++) {
      LaneBytes.canonical(x, lane, words);
      long sign = words[0] << 63;
      LaneBytes.canonical(y, lane, words);
      long[] r = expected[lane];
      boolean isEqual =
          words[0] == r[0] && words[1] == r[1] && words[2] == r[2] && (words[3] | sign) == r[3];
      equal |= isEqual ? 1 << lane : 0;
    }
    return equal;
  }
}
