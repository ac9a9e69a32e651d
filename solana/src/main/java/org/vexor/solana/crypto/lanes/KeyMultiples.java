package org.vexor.solana.crypto.lanes;

import java.math.BigInteger;

/// In each lane 0 to 8 times -A, where A is the key of the lane; each as y + x, y - x, 2 d t, z and
/// -2 d t.
final class KeyMultiples {
  private static final int COUNT = 9;
  private static final int SUM = 0;
  private static final int DIFFERENCE = 1;
  private static final int DOUBLE_DT = 2;
  private static final int Z = 3;
  private static final int NEGATED_DT = 4;
  private static final int COORDINATES = 5;

  private final long[][][] multiples =
      new long[COUNT][COORDINATES][FieldLanes.LIMBS * FieldLanes.WIDTH];
  private final long[] one = LaneBytes.constant(BigInteger.ONE);
  private final long[] d = LaneBytes.constant(BaseMultiples.D);
  private final long[] doubleD =
      LaneBytes.constant(BaseMultiples.D.shiftLeft(1).mod(BaseMultiples.P));
  private final long[] rootOfMinusOne = LaneBytes.constant(BaseMultiples.I);
  private final long[] zero = FieldLanes.zero();

  private final FieldPowers powers;
  private final PointLanes point = new PointLanes();
  private final long[] u = FieldLanes.zero();
  private final long[] v = FieldLanes.zero();
  private final long[] a = FieldLanes.zero();
  private final long[] b = FieldLanes.zero();
  private final long[] words = new long[LaneBytes.WORDS];

  KeyMultiples(FieldPowers powers) {
    this.powers = powers;
    for (int coordinate : new int[] {SUM, DIFFERENCE, Z}) {
      multiples[0][coordinate] = one.clone();
    }
  }

  /// Makes those of the keys with these y.
  ///
  /// @param isOdd whether x is odd, by lane
  /// @return bit i for lane i: there is such a point; without one the lane holds nonsense
  int make(long[] y, boolean[] isOdd) {
    point.reset();
    System.arraycopy(y, 0, point.y, 0, y.length);
    int onCurve = solve(isOdd);
    FieldLanes.multiply(point.x, point.y, point.t);
    store(1);
    for (int i = 2; i < COUNT; i++) {
      long[][] first = multiples[1];
      point.add(first[SUM], first[DIFFERENCE], first[DOUBLE_DT], true);
      store(i);
    }
    return onCurve;
  }

  /// Copies the multiple by a digit from -8 to 8 into a lane: y + x, y - x, 2 d t, z.
  void fetch(int digit, int lane, long[][] to) {
    long[][] from = multiples[Math.abs(digit)];
    boolean isNegative = digit < 0;
    copy(from[isNegative ? DIFFERENCE : SUM], to[0], lane);
    copy(from[isNegative ? SUM : DIFFERENCE], to[1], lane);
    copy(from[isNegative ? NEGATED_DT : DOUBLE_DT], to[2], lane);
    copy(from[Z], to[3], lane);
  }

  private static void copy(long[] from, long[] to, int lane) {
    for (int at = lane; at < from.length; at += FieldLanes.WIDTH) {
      to[at] = from[at];
    }
  }

  private void store(int multiple) {
    long[][] to = multiples[multiple];
    FieldLanes.add(point.y, point.x, to[SUM]);
    FieldLanes.subtract(point.y, point.x, to[DIFFERENCE]);
    FieldLanes.multiply(point.t, doubleD, to[DOUBLE_DT]);
    FieldLanes.subtract(zero, to[DOUBLE_DT], to[NEGATED_DT]);
    System.arraycopy(point.z, 0, to[Z], 0, point.z.length);
  }

  /// x of the negated key: with u = y^2 - 1 and v = d y^2 + 1 a root of u / v. RFC 8032 §5.1.3.
  private int solve(boolean[] isOdd) {
    FieldLanes.square(point.y, a);
    FieldLanes.subtract(a, one, u);
    FieldLanes.multiply(a, d, v);
    FieldLanes.add(v, one, v);
    FieldLanes.square(v, a);
    FieldLanes.multiply(a, v, a); // v^3
    FieldLanes.square(a, b);
    FieldLanes.multiply(b, v, b); // v^7
    FieldLanes.multiply(b, u, b);
    powers.rootPower(b, b);
    FieldLanes.multiply(b, a, b);
    FieldLanes.multiply(b, u, point.x); // u v^3 (u v^7)^((p - 5) / 8)
    FieldLanes.square(point.x, a);
    FieldLanes.multiply(a, v, a);
    FieldLanes.add(a, u, b); // 0 where the root is off by a root of -1
    FieldLanes.subtract(a, u, a); // 0 where it is right
    FieldLanes.multiply(point.x, rootOfMinusOne, v);
    int onCurve = 0;
    for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
      if (isZero(a, lane)) {
        onCurve |= 1 << lane;
      } else if (isZero(b, lane)) {
        copy(v, point.x, lane);
        onCurve |= 1 << lane;
      }
    }
    System.arraycopy(point.x, 0, a, 0, a.length);
    FieldLanes.subtract(zero, point.x, b);
    for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
      LaneBytes.canonical(a, lane, words);
      if ((words[0] & 1) == 1 == isOdd[lane]) {
        copy(b, point.x, lane);
      }
    }
    return onCurve;
  }

  private boolean isZero(long[] number, int lane) {
    LaneBytes.canonical(number, lane, words);
    return (words[0] | words[1] | words[2] | words[3]) == 0;
  }
}
