package org.vexor.solana.crypto.lanes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class ScalarsTest {
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private final long[] words = new long[LaneBytes.WORDS];

  @Property(tries = 500)
  void reducesAnyHash(@ForAll @Size(64) byte[] hash) {
    reduces(number(hash));
  }

  @Test
  void reducesTheEnds() {
    BigInteger most = BigInteger.TWO.pow(512).subtract(BigInteger.ONE);
    BigInteger[] quotients = {
      BigInteger.ZERO,
      BigInteger.ONE,
      BigInteger.TWO.pow(32),
      BigInteger.TWO.pow(259),
      most.divide(L),
      most.divide(L).subtract(BigInteger.ONE)
    };
    for (BigInteger quotient : quotients) {
      for (int step = -2; step <= 2; step++) {
        BigInteger number = L.multiply(quotient).add(BigInteger.valueOf(step));
        if (number.signum() >= 0) {
          reduces(number);
        }
      }
    }
    reduces(most);
    for (int bit = 0; bit < 512; bit++) {
      reduces(BigInteger.ONE.shiftLeft(bit));
      reduces(most.shiftRight(bit));
    }
  }

  @Property(tries = 200)
  void digitsAddUp(@ForAll @Size(32) byte[] bytes) {
    bytes[31] &= 0x1f; // below 2^253
    digits(bytes);
  }

  @Test
  void digitsOfTheEndsAddUp() {
    digits(new byte[32]);
    digits(bytes(L.subtract(BigInteger.ONE), 32));
    digits(bytes(BigInteger.TWO.pow(253).subtract(BigInteger.ONE), 32));
    byte[] eights = new byte[32];
    java.util.Arrays.fill(eights, (byte) 0x88);
    eights[31] = 0x08;
    digits(eights);
  }

  private void digits(byte[] bytes) {
    for (int i = 0; i < LaneBytes.WORDS; i++) {
      words[i] = LaneBytes.word(bytes, 0, i);
    }
    byte[] of16 = new byte[64];
    Scalars.digitsOf16(words, of16);
    BigInteger sum = BigInteger.ZERO;
    for (int i = 63; i >= 0; i--) {
      assertTrue(Math.abs(of16[i]) <= 8);
      sum = sum.shiftLeft(4).add(BigInteger.valueOf(of16[i]));
    }
    assertEquals(number(bytes), sum);
    short[] of256 = new short[32];
    Scalars.digitsOf256(bytes, 0, of256);
    sum = BigInteger.ZERO;
    for (int i = 31; i >= 0; i--) {
      assertTrue(Math.abs(of256[i]) < BaseMultiples.COUNT);
      sum = sum.shiftLeft(8).add(BigInteger.valueOf(of256[i]));
    }
    assertEquals(number(bytes), sum);
  }

  private void reduces(BigInteger number) {
    Scalars.reduce(bytes(number, 64), words);
    assertEquals(number.mod(L), value(words));
  }

  static BigInteger value(long[] words) {
    BigInteger value = BigInteger.ZERO;
    for (int i = LaneBytes.WORDS - 1; i >= 0; i--) {
      BigInteger word = new BigInteger(Long.toUnsignedString(words[i]));
      value = value.shiftLeft(64).add(word);
    }
    return value;
  }

  private static BigInteger number(byte[] bytes) {
    BigInteger number = BigInteger.ZERO;
    for (int i = bytes.length - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[i] & 0xff));
    }
    return number;
  }

  private static byte[] bytes(BigInteger number, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
