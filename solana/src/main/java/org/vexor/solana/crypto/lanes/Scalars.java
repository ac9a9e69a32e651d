package org.vexor.solana.crypto.lanes;

/// Numbers modulo the order of the group, L = 2^252 + c, and their digits.
final class Scalars {
  // c = 27742317777372353535851937790883648493
  private static final long C0 = 0x5812631a5cf5d3edL;
  private static final long C1 = 0x14def9dea2f79cd6L;
  private static final long TOP = 1L << 60; // of 2^252 in its fourth word
  private static final int HASH_WORDS = 8;

  private Scalars() {}

  /// The 64 bytes as a number modulo L, in four words.
  ///
  /// By 32 bits at a time, r becomes r * 2^32 + next < 2^285; of its q = r >> 252 times 2^252 that
  /// are taken away, q times c were too many.
  static void reduce(byte[] hash, long[] words) {
    long r0 = 0;
    long r1 = 0;
    long r2 = 0;
    long r3 = 0;
    for (int half = 2 * HASH_WORDS - 1; half >= 0; half--) {
      long next = (LaneBytes.word(hash, 0, half / 2) >>> (32 * (half & 1))) & 0xffff_ffffL;
      long q = r3 >>> 28; // what the shift by 32 brings above bit 252: at most 33 bits
      r3 = ((r3 << 32) | (r2 >>> 32)) & (TOP - 1);
      r2 = (r2 << 32) | (r1 >>> 32);
      r1 = (r1 << 32) | (r0 >>> 32);
      r0 = (r0 << 32) | next;
      long product0 = q * C0;
      long carry0 = Math.unsignedMultiplyHigh(q, C0);
      long product1 = q * C1 + carry0;
      long product2 =
          Math.unsignedMultiplyHigh(q, C1) + (Long.compareUnsigned(product1, carry0) < 0 ? 1 : 0);
      long borrow = Long.compareUnsigned(r0, product0) < 0 ? 1 : 0;
      r0 -= product0;
      long taken1 = r1 - product1 - borrow;
      borrow = borrows(r1, product1, borrow);
      r1 = taken1;
      long taken2 = r2 - product2 - borrow;
      borrow = borrows(r2, product2, borrow);
      r2 = taken2;
      r3 -= borrow;
      if (r3 < 0) { // q * c < 2^160, so one L is enough
        long sum0 = r0 + C0;
        long carry = Long.compareUnsigned(sum0, C0) < 0 ? 1 : 0;
        r0 = sum0;
        long addend = C1 + carry; // C1 is far from the end of its word
        r1 += addend;
        carry = Long.compareUnsigned(r1, addend) < 0 ? 1 : 0;
        r2 += carry;
        r3 += TOP + (carry != 0 && r2 == 0 ? 1 : 0);
      }
    }
    words[0] = r0;
    words[1] = r1;
    words[2] = r2;
    words[3] = r3;
  }

  private static long borrows(long from, long take, long borrow) {
    int order = Long.compareUnsigned(from, take);
    return order < 0 || (order == 0 && borrow != 0) ? 1 : 0;
  }

  /// 64 digits from -8 to 8, of which digit i counts 16^i, for a number below 2^253.
  static void digitsOf16(long[] words, byte[] digits) {
    int carry = 0;
    for (int i = 0; i < 64; i++) {
      int digit = (int) ((words[i / 16] >>> (4 * (i % 16))) & 15) + carry;
      carry = i < 63 ? (digit + 8) >> 4 : 0;
      digits[i] = (byte) (digit - (carry << 4));
    }
  }

  /// 32 digits from -128 to 128, of which digit i counts 256^i, for a number below 2^253.
  static void digitsOf256(byte[] number, int offset, short[] digits) {
    int carry = 0;
    for (int i = 0; i < 32; i++) {
      int digit = (number[offset + i] & 0xff) + carry;
      carry = i < 31 ? (digit + 128) >> 8 : 0;
      digits[i] = (short) (digit - (carry << 8));
    }
  }
}
