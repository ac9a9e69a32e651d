package org.vexor.solana.crypto.lanes;

import java.math.BigInteger;

/// 0 to 128 times the base point, each as limbs of y + x, y - x, 2 d x y and -2 d x y.
final class BaseMultiples {
  static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);

  /// A root of -1.
  static final BigInteger I = BigInteger.TWO.modPow(P.shiftRight(2), P);

  static final int COUNT = 129;
  static final int COORDINATES = 4;
  private static final BigInteger BASE_Y =
      BigInteger.valueOf(4).multiply(BigInteger.valueOf(5).modInverse(P)).mod(P);

  private BaseMultiples() {}

  /// Limb by limb, coordinate by coordinate, multiple by multiple.
  static int[] make() {
    BigInteger baseX = evenX(BASE_Y);
    int[] limbs = new int[COUNT * COORDINATES * FieldLanes.LIMBS];
    BigInteger x = BigInteger.ZERO;
    BigInteger y = BigInteger.ONE;
    for (int multiple = 0; multiple < COUNT; multiple++) {
      BigInteger dxy = D.shiftLeft(1).multiply(x).multiply(y).mod(P);
      int at = multiple * COORDINATES * FieldLanes.LIMBS;
      write(y.add(x).mod(P), limbs, at);
      write(y.subtract(x).mod(P), limbs, at + FieldLanes.LIMBS);
      write(dxy, limbs, at + 2 * FieldLanes.LIMBS);
      write(dxy.negate().mod(P), limbs, at + 3 * FieldLanes.LIMBS);
      BigInteger xx = x.multiply(baseX);
      BigInteger yy = y.multiply(BASE_Y);
      BigInteger product = D.multiply(xx).multiply(yy).mod(P);
      BigInteger newX = x.multiply(BASE_Y).add(y.multiply(baseX));
      x = newX.multiply(BigInteger.ONE.add(product).modInverse(P)).mod(P);
      y = yy.add(xx).multiply(BigInteger.ONE.subtract(product).modInverse(P)).mod(P);
    }
    return limbs;
  }

  private static BigInteger evenX(BigInteger y) {
    BigInteger square = y.multiply(y);
    BigInteger quotient =
        square
            .subtract(BigInteger.ONE)
            .multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P))
            .mod(P);
    BigInteger x = quotient.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!x.multiply(x).mod(P).equals(quotient)) {
      x = x.multiply(I).mod(P);
    }
    return x.testBit(0) ? P.subtract(x) : x;
  }

  private static void write(BigInteger value, int[] limbs, int at) {
    int from = 0;
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      int bits = 26 - (limb & 1);
      limbs[at + limb] = value.shiftRight(from).intValue() & ((1 << bits) - 1);
      from += bits;
    }
  }
}
