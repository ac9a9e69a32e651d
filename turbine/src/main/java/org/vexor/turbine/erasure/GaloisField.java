package org.vexor.turbine.erasure;

/// GF(2^8) modulo x^8+x^4+x^3+x^2+1 with generator 2, by logarithms.
final class GaloisField {
  /// The field polynomial without its x^8: what doubling adds when the top bit falls out.
  static final int REDUCTION = 0x1d;

  /// Order of the multiplicative group.
  static final int ORDER = 255;

  private static final byte[] LOG = new byte[256];
  private static final byte[] EXP = new byte[ORDER];

  static {
    int value = 1;
    for (int power = 0; power < ORDER; power++) {
      EXP[power] = (byte) value;
      LOG[value] = (byte) power;
      value <<= 1;
      if (value > 0xff) {
        value ^= 0x100 | REDUCTION;
      }
    }
  }

  private GaloisField() {}

  /// Logarithm of 1..255; there is none of 0.
  static int log(int value) {
    return LOG[value] & 0xff;
  }

  /// 2 to a power of 0..254.
  static int exp(int power) {
    return EXP[power] & 0xff;
  }

  static int multiply(int a, int b) {
    return a == 0 || b == 0 ? 0 : exp((log(a) + log(b)) % ORDER);
  }
}
