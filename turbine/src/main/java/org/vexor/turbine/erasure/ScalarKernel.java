package org.vexor.turbine.erasure;

import java.util.Arrays;

/// Look-up in the table of all products, a byte at a time; runs on any JVM.
final class ScalarKernel implements GaloisKernel {
  private static final byte[][] PRODUCTS = new byte[256][256];

  static {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        PRODUCTS[a][b] = (byte) GaloisField.multiply(a, b);
      }
    }
  }

  @Override
  public String name() {
    return "scalar";
  }

  @Override
  public void combine(byte[] coefficients, ShardList inputs, ShardList outputs, int length) {
    for (int output = 0; output < outputs.count(); output++) {
      byte[] sum = outputs.array(output);
      int sumOffset = outputs.offset(output);
      Arrays.fill(sum, sumOffset, sumOffset + length, (byte) 0);
      for (int input = 0; input < inputs.count(); input++) {
        byte[] products = PRODUCTS[coefficients[output * inputs.count() + input] & 0xff];
        multiplyAdd(products, inputs.array(input), inputs.offset(input), sum, sumOffset, length);
      }
    }
  }

  private static void multiplyAdd(
      byte[] products, byte[] input, int inputOffset, byte[] sum, int sumOffset, int length) {
    for (int i = 0; i < length; i++) {
      sum[sumOffset + i] ^= products[input[inputOffset + i] & 0xff];
    }
  }
}
