package org.vexor.solana.crypto.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Lane by lane against big numbers, at the ends of what limbs may be.
final class FieldLanesTest {
  private static final BigInteger P = BaseMultiples.P;

  // How many tight numbers the limbs are a sum of.
  private static final int TIGHT = 1;
  private static final int LOOSE = 2;
  private static final int WIDE = 3;

  private final Random random = new Random(25519);
  private final long[] out = FieldLanes.zero();

  @Test
  void multipliesWhateverTheLimbs() {
    for (int round = 0; round < 200; round++) {
      long[] a = number(1 + round % WIDE, round < 10);
      long[] b = number(1 + round / 2 % WIDE, round < 10);
      FieldLanes.multiply(a, b, out);
      for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
        check(value(a, lane).multiply(value(b, lane)), out, lane);
      }
      requireTight(out);
    }
  }

  @Test
  void squaresWhateverTheLimbs() {
    for (int round = 0; round < 200; round++) {
      long[] a = number(1 + round % LOOSE, round < 10);
      FieldLanes.square(a, out);
      for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
        check(value(a, lane).pow(2), out, lane);
      }
      requireTight(out);
    }
  }

  @Test
  void subtractsWhateverTheLimbs() {
    for (int round = 0; round < 200; round++) {
      long[] a = number(1 + round % LOOSE, round < 10);
      long[] b = number(1 + round / 2 % LOOSE, round % 20 < 10);
      FieldLanes.subtract(a, b, out);
      for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
        check(value(a, lane).subtract(value(b, lane)), out, lane);
      }
      requireTight(out);
      FieldLanes.subtract(a, a, out);
      check(BigInteger.ZERO, out, 0);
    }
  }

  @Test
  void invertsAndMakesRoots() {
    var powers = new FieldPowers();
    long[] a = number(TIGHT, false);
    powers.invert(a, out);
    for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
      check(value(a, lane).modInverse(P), out, lane);
    }
    powers.rootPower(a, out);
    BigInteger exponent = P.subtract(BigInteger.valueOf(5)).shiftRight(3);
    for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
      check(value(a, lane).modPow(exponent, P), out, lane);
    }
  }

  @Test
  void givesTheOneNumberBelowThePrime() {
    BigInteger[] ends = {
      BigInteger.ZERO,
      BigInteger.ONE,
      P.subtract(BigInteger.ONE),
      P,
      P.add(BigInteger.ONE),
      P.add(BigInteger.valueOf(18)),
    };
    for (BigInteger end : ends) {
      check(end, LaneBytes.constant(end), FieldLanes.WIDTH - 1);
    }
    long[] most = number(LOOSE, true);
    check(value(most, 0), most, 0);
  }

  @Test
  void basePointsAreOnTheCurveAndTheirMultiplesOfOneAnother() {
    int[] limbs = BaseMultiples.make();
    assertEquals(BaseMultiples.COUNT * BaseMultiples.COORDINATES * FieldLanes.LIMBS, limbs.length);
    for (int multiple = 0; multiple < BaseMultiples.COUNT; multiple++) {
      BigInteger sum = base(limbs, multiple, 0);
      BigInteger difference = base(limbs, multiple, 1);
      BigInteger half = BigInteger.TWO.modInverse(P);
      BigInteger x = sum.subtract(difference).multiply(half).mod(P);
      BigInteger y = sum.add(difference).multiply(half).mod(P);
      BigInteger xx = x.pow(2);
      BigInteger yy = y.pow(2);
      assertEquals(
          yy.subtract(xx).mod(P),
          BigInteger.ONE.add(BaseMultiples.D.multiply(xx).multiply(yy)).mod(P));
      BigInteger dxy = BaseMultiples.D.shiftLeft(1).multiply(x).multiply(y).mod(P);
      assertEquals(dxy, base(limbs, multiple, 2));
      assertEquals(dxy.negate().mod(P), base(limbs, multiple, 3));
    }
    // RFC 8032 §5.1
    assertEquals(
        new BigInteger(
            "15112221349535400772501151409588531511454012693041857206046113283949847762202"),
        base(limbs, 1, 0)
            .subtract(base(limbs, 1, 1))
            .multiply(BigInteger.TWO.modInverse(P))
            .mod(P));
  }

  private static BigInteger base(int[] limbs, int multiple, int coordinate) {
    int from = (multiple * BaseMultiples.COORDINATES + coordinate) * FieldLanes.LIMBS;
    long[] number = FieldLanes.zero();
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      number[limb * FieldLanes.WIDTH] = limbs[from + limb];
    }
    return value(number, 0);
  }

  private long[] number(int times, boolean isFull) {
    long[] number = FieldLanes.zero();
    for (int at = 0; at < number.length; at++) {
      boolean isOdd = at / FieldLanes.WIDTH % 2 == 1;
      long bound = times * ((isOdd ? 1L << 25 : 1L << 26) + (isOdd ? 1 << 16 : 1 << 7));
      number[at] = isFull ? bound - 1 : random.nextLong(bound);
    }
    return number;
  }

  private static void requireTight(long[] number) {
    for (int at = 0; at < number.length; at++) {
      boolean isOdd = at / FieldLanes.WIDTH % 2 == 1;
      long bound = isOdd ? (1L << 25) + (1 << 16) : (1L << 26) + (1 << 7);
      assertTrue(number[at] >= 0 && number[at] < bound, "limb " + at + " is " + number[at]);
    }
  }

  private static BigInteger value(long[] number, int lane) {
    BigInteger value = BigInteger.ZERO;
    int from = 0;
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      value = value.add(BigInteger.valueOf(number[limb * FieldLanes.WIDTH + lane]).shiftLeft(from));
      from += 26 - limb % 2;
    }
    return value;
  }

  private static void check(BigInteger expected, long[] number, int lane) {
    long[] words = new long[LaneBytes.WORDS];
    LaneBytes.canonical(number.clone(), lane, words);
    assertEquals(expected.mod(P), ScalarsTest.value(words));
  }
}
