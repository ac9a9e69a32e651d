package org.vexor.solana;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Base58 with Bitcoin's alphabet. Each leading zero byte is one leading `1`.
///
/// Works on limbs of five digits (58^5 < 2^30) against words of 32 bits, so that a 32-byte key
/// costs about 72 divisions. Cost grows with the square of the length, therefore both ways refuse
/// more than [#MAX_BYTES]. Stateless.
public final class Base58 {
  /// Longest input of [#encode] and output of [#decode]: nothing on Solana that is shown in base58
  /// is longer than a packet.
  public static final int MAX_BYTES = 1280;

  private static final int MAX_CHARS = 1749; // ceil(1280 * log(256) / log(58))
  private static final byte[] ALPHABET =
      "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
          .getBytes(StandardCharsets.US_ASCII);
  private static final byte[] DIGITS = digits();
  private static final int LIMB_DIGITS = 5;
  private static final int LIMB = 58 * 58 * 58 * 58 * 58;

  private Base58() {}

  private static byte[] digits() {
    byte[] digits = new byte[128];
    Arrays.fill(digits, (byte) -1);
    for (int i = 0; i < ALPHABET.length; i++) {
      digits[ALPHABET[i]] = (byte) i;
    }
    return digits;
  }

  /// The base58 form of `bytes`.
  public static String encode(byte[] bytes) {
    return encode(bytes, 0, bytes.length);
  }

  /// The base58 form of `length` bytes from `offset` on.
  ///
  /// @throws IllegalArgumentException when they are more than [#MAX_BYTES]
  public static String encode(byte[] bytes, int offset, int length) {
    if (length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "base58 of at most " + MAX_BYTES + " bytes, got " + length);
    }
    int zeros = 0;
    while (zeros < length && bytes[offset + zeros] == 0) {
      zeros++;
    }
    int[] words = words(bytes, offset, length);
    byte[] text = new byte[zeros + length * 7 / 5 + LIMB_DIGITS];
    int start = text.length;
    for (int first = 0; first < words.length; ) {
      long rest = 0;
      for (int i = first; i < words.length; i++) {
        long value = rest << 32 | Integer.toUnsignedLong(words[i]);
        words[i] = (int) (value / LIMB);
        rest = value % LIMB;
      }
      if (words[first] == 0) {
        first++;
      }
      for (int i = 0; i < LIMB_DIGITS && start > 0; i++) {
        text[--start] = ALPHABET[(int) (rest % 58)];
        rest /= 58;
      }
    }
    while (start < text.length && text[start] == '1') {
      start++;
    }
    Arrays.fill(text, start - zeros, start, (byte) '1');
    start -= zeros;
    return new String(text, start, text.length - start, StandardCharsets.ISO_8859_1);
  }

  /// Big-endian words; the first is filled up with zeros in front.
  private static int[] words(byte[] bytes, int offset, int length) {
    int[] words = new int[(length + 3) / 4];
    for (int i = 0; i < length; i++) {
      int fromEnd = length - 1 - i;
      words[words.length - 1 - fromEnd / 4] |= (bytes[offset + i] & 0xff) << (fromEnd % 4 * 8);
    }
    return words;
  }

  /// The bytes that `text` stands for, as many as it has.
  ///
  /// @throws IllegalArgumentException naming text and fault: a character outside the alphabet, too
  ///   long
  public static byte[] decode(String text) {
    return decode(text, -1);
  }

  /// The bytes that `text` stands for.
  ///
  /// @param length how many bytes it must be; -1: any number
  /// @throws IllegalArgumentException naming text and fault: a character outside the alphabet,
  ///   another length
  public static byte[] decode(String text, int length) {
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "not base58: " + text.length() + " characters, at most " + MAX_CHARS + " are read");
    }
    int zeros = 0;
    while (zeros < text.length() && text.charAt(zeros) == '1') {
      zeros++;
    }
    int[] words = new int[text.length() * 6 / 32 + 1]; // a digit is less than 6 bits
    int used = 0; // words from the end that are not zero
    for (int at = zeros; at < text.length(); ) {
      int end = Math.min(text.length(), at + LIMB_DIGITS);
      long factor = 1;
      long carry = 0;
      for (; at < end; at++) {
        carry = carry * 58 + digit(text, at);
        factor *= 58;
      }
      for (int i = words.length - 1; i >= words.length - used; i--) {
        carry += Integer.toUnsignedLong(words[i]) * factor;
        words[i] = (int) carry;
        carry >>>= 32;
      }
      if (carry != 0) {
        used++;
        words[words.length - used] = (int) carry;
      }
    }
    int significant = significantBytes(words);
    if (length >= 0 && zeros + significant != length) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is base58 of " + (zeros + significant) + " bytes, not " + length);
    }
    byte[] bytes = new byte[zeros + significant];
    for (int i = 0; i < significant; i++) {
      bytes[bytes.length - 1 - i] = (byte) (words[words.length - 1 - i / 4] >>> (i % 4 * 8));
    }
    return bytes;
  }

  private static int digit(String text, int at) {
    char c = text.charAt(at);
    int digit = c < DIGITS.length ? DIGITS[c] : -1;
    if (digit < 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not base58: character '" + c + "' at " + at);
    }
    return digit;
  }

  private static int significantBytes(int[] words) {
    for (int i = 0; i < words.length; i++) {
      if (words[i] != 0) {
        return (words.length - i) * 4 - Integer.numberOfLeadingZeros(words[i]) / 8;
      }
    }
    return 0;
  }
}
