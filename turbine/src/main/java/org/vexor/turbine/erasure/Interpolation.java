package org.vexor.turbine.erasure;

import static org.vexor.turbine.erasure.GaloisField.ORDER;
import static org.vexor.turbine.erasure.GaloisField.exp;
import static org.vexor.turbine.erasure.GaloisField.log;

import java.util.Arrays;

/// Coefficients that give the value of a polynomial at some points (missing shards) from its values
/// at others (present shards): `c(y, x) = A(y) / ((y - x) A'(x))`, A the product of all `t - x`.
///
/// The coefficients of the last pattern are kept, which is what an encoder asks for over and over.
/// More are not: random losses hardly ever repeat one of the 10^18 patterns of 32 in 64, and the
/// coefficients of one cost 1/14 of the multiplication that follows.
final class Interpolation {
  private final int[] from = new int[ReedSolomon.MAX_DATA];
  private final int[] to = new int[ReedSolomon.MAX_SHARDS];
  private int fromCount;
  private int toCount;
  private final int[] logDerivative = new int[ReedSolomon.MAX_DATA];
  private final byte[] coefficients = new byte[ReedSolomon.MAX_DATA * ReedSolomon.MAX_SHARDS];

  /// The coefficients of one pattern.
  ///
  /// @param newFrom points whose values are known, each once
  /// @param newTo points whose values are wanted, none of them among `newFrom`
  /// @return row by row, one row of `newFromCount` for each point of `newTo`; valid until the next
  ///   call
  byte[] coefficients(int[] newFrom, int newFromCount, int[] newTo, int newToCount) {
    if (!Arrays.equals(from, 0, fromCount, newFrom, 0, newFromCount)
        || !Arrays.equals(to, 0, toCount, newTo, 0, newToCount)) {
      System.arraycopy(newFrom, 0, from, 0, newFromCount);
      System.arraycopy(newTo, 0, to, 0, newToCount);
      fromCount = newFromCount;
      toCount = newToCount;
      compute();
    }
    return coefficients;
  }

  private void compute() {
    for (int i = 0; i < fromCount; i++) {
      int sum = 0;
      for (int j = 0; j < fromCount; j++) {
        if (j != i) {
          sum += log(from[i] ^ from[j]);
        }
      }
      logDerivative[i] = sum % ORDER;
    }
    for (int row = 0; row < toCount; row++) {
      int point = to[row];
      int sum = 0;
      for (int i = 0; i < fromCount; i++) {
        sum += log(point ^ from[i]);
      }
      int logProduct = sum % ORDER + 2 * ORDER; // so that no difference below is negative
      for (int i = 0; i < fromCount; i++) {
        int logQuotient = logProduct - log(point ^ from[i]) - logDerivative[i];
        coefficients[row * fromCount + i] = (byte) exp(logQuotient % ORDER);
      }
    }
  }
}
