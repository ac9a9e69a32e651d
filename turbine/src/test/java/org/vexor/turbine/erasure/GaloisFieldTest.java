package org.vexor.turbine.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.vexor.testkit.Fixtures;

final class GaloisFieldTest {
  /// i16 log[256], then u8 antilog[-512..511], which is 0 below 0 as log 0 is -256.
  @Test
  void hasTheLogarithmsOfFiredancer() {
    ByteBuffer tables =
        ByteBuffer.wrap(Fixtures.solanaBytes("firedancer/generic_constants.bin"))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (int value = 1; value < 256; value++) {
      assertEquals(tables.getShort(2 * value), GaloisField.log(value), "log " + value);
    }
    for (int power = 0; power < GaloisField.ORDER; power++) {
      assertEquals(tables.get(512 + 512 + power) & 0xff, GaloisField.exp(power), "2^" + power);
    }
  }

  @Test
  void multipliesAsPolynomialsDo() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertEquals(slowProduct(a, b), GaloisField.multiply(a, b), a + " * " + b);
      }
    }
  }

  private static int slowProduct(int a, int b) {
    int product = 0;
    for (int bit = 7; bit >= 0; bit--) {
      product <<= 1;
      if (product > 0xff) {
        product ^= 0x11d;
      }
      if ((b >> bit & 1) != 0) {
        product ^= a;
      }
    }
    return product;
  }
}
