package org.vexor.solana.crypto.lanes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/// Numbers of [FieldLanes] lane by lane: from and to four words of 64 bits, the least first.
final class LaneBytes {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final int WORDS = 4;

  private LaneBytes() {}

  static long word(byte[] bytes, int offset, int index) {
    return (long) LONG.get(bytes, offset + index * Long.BYTES);
  }

  /// The number of 255 bits in the 32 bytes; the highest bit is not looked at.
  static void set(long[] number, int lane, byte[] bytes, int offset) {
    set(
        number,
        lane,
        word(bytes, offset, 0),
        word(bytes, offset, 1),
        word(bytes, offset, 2),
        word(bytes, offset, 3));
  }

  /// In every lane the same.
  static long[] constant(BigInteger value) {
    long[] number = FieldLanes.zero();
    for (int lane = 0; lane < FieldLanes.WIDTH; lane++) {
      set(
          number,
          lane,
          value.longValue(),
          value.shiftRight(64).longValue(),
          value.shiftRight(128).longValue(),
          value.shiftRight(192).longValue());
    }
    return number;
  }

  // Where the limbs begin: 0, 26, 51, 77, 102, 128, 153, 179, 204, 230.
  private static void set(long[] number, int lane, long w0, long w1, long w2, long w3) {
    int width = FieldLanes.WIDTH;
    number[lane] = w0 & FieldLanes.MASK_26;
    number[lane + width] = (w0 >>> 26) & FieldLanes.MASK_25;
    number[lane + 2 * width] = ((w0 >>> 51) | (w1 << 13)) & FieldLanes.MASK_26;
    number[lane + 3 * width] = (w1 >>> 13) & FieldLanes.MASK_25;
    number[lane + 4 * width] = (w1 >>> 38) & FieldLanes.MASK_26;
    number[lane + 5 * width] = w2 & FieldLanes.MASK_25;
    number[lane + 6 * width] = (w2 >>> 25) & FieldLanes.MASK_26;
    number[lane + 7 * width] = ((w2 >>> 51) | (w3 << 13)) & FieldLanes.MASK_25;
    number[lane + 8 * width] = (w3 >>> 12) & FieldLanes.MASK_26;
    number[lane + 9 * width] = (w3 >>> 38) & FieldLanes.MASK_25;
  }

  /// The one number below the prime that is congruent to a tight or loose one.
  static void canonical(long[] number, int lane, long[] words) {
    long over = carry(number, lane, 0);
    while (over > 0) {
      over = carry(number, lane, 19 * over);
    }
    // Now below 2^255. It is the prime or more if 19 more do not fit 255 bits.
    if (!fits(number, lane)) {
      carry(number, lane, 19);
    }
    int width = FieldLanes.WIDTH;
    words[0] = number[lane] | (number[lane + width] << 26) | (number[lane + 2 * width] << 51);
    words[1] =
        (number[lane + 2 * width] >>> 13)
            | (number[lane + 3 * width] << 13)
            | (number[lane + 4 * width] << 38);
    words[2] =
        number[lane + 5 * width]
            | (number[lane + 6 * width] << 25)
            | (number[lane + 7 * width] << 51);
    words[3] =
        (number[lane + 7 * width] >>> 13)
            | (number[lane + 8 * width] << 12)
            | (number[lane + 9 * width] << 38);
  }

  /// Brings every limb below its share and gives what is above 2^255.
  private static long carry(long[] number, int lane, long add) {
    long carry = add;
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      int at = limb * FieldLanes.WIDTH + lane;
      int bits = 26 - (limb & 1);
      long sum = number[at] + carry;
      carry = sum >>> bits;
      number[at] = sum & ((1L << bits) - 1);
    }
    return carry;
  }

  private static boolean fits(long[] number, int lane) {
    long carry = 19;
    for (int limb = 0; limb < FieldLanes.LIMBS; limb++) {
      carry = (number[limb * FieldLanes.WIDTH + lane] + carry) >>> (26 - (limb & 1));
    }
    return carry == 0;
  }
}
