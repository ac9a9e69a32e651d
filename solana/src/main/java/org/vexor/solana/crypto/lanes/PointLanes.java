package org.vexor.solana.crypto.lanes;

import java.util.Arrays;

/// A point of the curve -x^2 + y^2 = 1 + d x^2 y^2 in each lane, as X, Y, Z, T with x = X / Z, y =
/// Y / Z and x y = T / Z. Formulas: Hisil, Wong, Carter, Dawson, "Twisted Edwards Curves
/// Revisited", which are right for every pair of points.
///
/// T costs a product and is needed by additions alone, so it is made only when one follows.
final class PointLanes {
  final long[] x = FieldLanes.zero();
  final long[] y = FieldLanes.zero();
  final long[] z = FieldLanes.zero();
  final long[] t = FieldLanes.zero();
  private final long[] a = FieldLanes.zero();
  private final long[] b = FieldLanes.zero();
  private final long[] c = FieldLanes.zero();
  private final long[] d = FieldLanes.zero();

  /// The neutral point in every lane.
  void reset() {
    Arrays.fill(x, 0);
    Arrays.fill(y, 0);
    Arrays.fill(z, 0);
    Arrays.fill(t, 0);
    Arrays.fill(y, 0, FieldLanes.WIDTH, 1);
    Arrays.fill(z, 0, FieldLanes.WIDTH, 1);
  }

  /// Becomes twice itself; `t` is not needed.
  void twice(boolean withT) {
    FieldLanes.add(x, y, a);
    FieldLanes.square(a, a); // (X + Y)^2
    FieldLanes.square(x, b);
    FieldLanes.square(y, c);
    FieldLanes.square(z, d);
    FieldLanes.add(d, d, d); // loose
    FieldLanes.subtract(c, b, y); // Y^2 - X^2
    FieldLanes.add(c, b, c); // loose: Y^2 + X^2
    FieldLanes.subtract(a, c, a); // 2 X Y
    FieldLanes.subtract(d, y, d); // 2 Z^2 - Y^2 + X^2
    if (withT) {
      FieldLanes.multiply(a, c, t);
    }
    FieldLanes.multiply(a, d, x);
    FieldLanes.multiply(y, d, z);
    FieldLanes.multiply(c, y, y);
  }

  /// Adds a point given as Y + X, Y - X, Z and 2 d T; needs `t`.
  void add(long[] sum, long[] difference, long[] otherZ, long[] doubleDt, boolean withT) {
    FieldLanes.multiply(z, otherZ, d);
    add(sum, difference, doubleDt, withT, d);
  }

  /// Adds a point of which Z is 1; needs `t`.
  void add(long[] sum, long[] difference, long[] doubleDt, boolean withT) {
    add(sum, difference, doubleDt, withT, z);
  }

  private void add(
      long[] sum, long[] difference, long[] doubleDt, boolean withT, long[] productOfZ) {
    FieldLanes.add(y, x, a);
    FieldLanes.multiply(sum, a, a);
    FieldLanes.subtract(y, x, b);
    FieldLanes.multiply(difference, b, b);
    FieldLanes.multiply(doubleDt, t, c);
    FieldLanes.add(productOfZ, productOfZ, d); // loose
    FieldLanes.subtract(a, b, x);
    FieldLanes.add(a, b, y); // loose
    FieldLanes.subtract(d, c, t);
    FieldLanes.add(d, c, z); // wide
    if (withT) {
      FieldLanes.multiply(x, y, a);
    }
    FieldLanes.multiply(x, t, x);
    FieldLanes.multiply(y, z, y);
    FieldLanes.multiply(z, t, z);
    if (withT) {
      System.arraycopy(a, 0, t, 0, a.length);
    }
  }
}
