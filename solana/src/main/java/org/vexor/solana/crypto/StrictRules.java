package org.vexor.solana.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.vexor.solana.Signature;

/// What `verify_strict` of ed25519-dalek asks for beyond the equation: S below the group order, no
/// point of small order as R or key. Encodings of y that are not reduced are refused too: nobody
/// can know a secret for the few points that have one, and libraries disagree about them.
final class StrictRules {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // L = 2^252 + 27742317777372353535851937790883648493, in words from the least
  private static final long L0 = 0x5812631a5cf5d3edL;
  private static final long L1 = 0x14def9dea2f79cd6L;
  private static final long L3 = 0x1000000000000000L;

  // p = 2^255 - 19: words 1 and 2 are all ones
  private static final long P0 = 0xffffffffffffffedL;
  private static final long P3 = 0x7fffffffffffffffL;

  // y of the points of order 8, which come as a pair y and p - y
  private static final long[] ORDER_8 = {
    0x4fd84d3d706a17c7L, 0x0f67100d760b3cbaL, 0xc6cc392cfa53202aL, 0x7a03ac9277fdc74eL
  };
  private static final long[] ORDER_8_NEGATED = {
    0xb027b2c28f95e826L, 0xf098eff289f4c345L, 0x3933c6d305acdfd5L, 0x05fc536d880238b1L
  };

  private StrictRules() {}

  /// Whether signature and key are worth a look at the equation.
  static boolean areKept(byte[] signature, int signatureOffset, byte[] key, int keyOffset) {
    return isScalar(signature, signatureOffset + Signature.LENGTH / 2)
        && isStrongPoint(signature, signatureOffset)
        && isStrongPoint(key, keyOffset);
  }

  /// Whether the 32 bytes are a number below the group order.
  static boolean isScalar(byte[] bytes, int offset) {
    long high = word(bytes, offset, 3);
    if (high != L3) {
      return Long.compareUnsigned(high, L3) < 0;
    }
    if (word(bytes, offset, 2) != 0) {
      return false;
    }
    long middle = word(bytes, offset, 1);
    if (middle != L1) {
      return Long.compareUnsigned(middle, L1) < 0;
    }
    return Long.compareUnsigned(word(bytes, offset, 0), L0) < 0;
  }

  /// Whether the 32 bytes can encode a point worth a look: y reduced, order not small. Says nothing
  /// about being on the curve.
  static boolean isStrongPoint(byte[] bytes, int offset) {
    long y0 = word(bytes, offset, 0);
    long y1 = word(bytes, offset, 1);
    long y2 = word(bytes, offset, 2);
    long y3 = word(bytes, offset, 3) & P3; // without the sign of x
    if (y1 == -1 && y2 == -1 && y3 == P3) {
      return Long.compareUnsigned(y0, P0 - 1) < 0; // p - 1: order 2; above: not reduced
    }
    if (y1 == 0 && y2 == 0 && y3 == 0) {
      return Long.compareUnsigned(y0, 1) > 0; // 0: order 4; 1: the neutral element
    }
    return !is(ORDER_8, y0, y1, y2, y3) && !is(ORDER_8_NEGATED, y0, y1, y2, y3);
  }

  private static boolean is(long[] y, long y0, long y1, long y2, long y3) {
    return y[0] == y0 && y[1] == y1 && y[2] == y2 && y[3] == y3;
  }

  private static long word(byte[] bytes, int offset, int index) {
    return (long) LONG.get(bytes, offset + index * Long.BYTES);
  }
}
