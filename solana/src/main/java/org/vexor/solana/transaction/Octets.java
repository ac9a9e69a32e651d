package org.vexor.solana.transaction;

import java.util.Arrays;
import java.util.HexFormat;

/// Bytes of any number that never change: an instruction's data, account indexes. Safe for all
/// threads.
public final class Octets {
  /// No bytes.
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] owned) {
    bytes = owned;
  }

  /// A copy of `bytes`.
  public static Octets of(byte... bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
  }

  /// A copy of `length` bytes of `source` from `offset`.
  ///
  /// @throws IndexOutOfBoundsException when they are not there
  public static Octets of(byte[] source, int offset, int length) {
    byte[] copy = new byte[length];
    System.arraycopy(source, offset, copy, 0, length);
    return new Octets(copy);
  }

  /// How many bytes there are.
  public int length() {
    return bytes.length;
  }

  /// The byte at `index`, 0..255.
  public int at(int index) {
    return bytes[index] & 0xff;
  }

  /// A copy of the bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  /// The bytes themselves, for reading within the package.
  byte[] shared() {
    return bytes;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
