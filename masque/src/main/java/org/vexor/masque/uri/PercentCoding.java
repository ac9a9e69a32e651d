package org.vexor.masque.uri;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Percent-encoding of RFC 3986 §2.1: everything but unreserved characters is encoded.
final class PercentCoding {
  private static final char[] DIGITS = "0123456789ABCDEF".toCharArray();
  private static final int ESCAPE_LENGTH = 3;
  private static final int HEX = 16;

  private PercentCoding() {}

  static boolean isUnreserved(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  static String encode(String text) {
    var encoded = new StringBuilder();
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (each & 0xff);
      if (isUnreserved(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(DIGITS[c >> 4]).append(DIGITS[c & 0xf]);
      }
    }
    return encoded.toString();
  }

  /// Once; empty when it is not the encoding of any text.
  static Optional<String> decode(String encoded) {
    ByteBuffer bytes = ByteBuffer.allocate(encoded.length());
    for (int i = 0; i < encoded.length(); i++) {
      char c = encoded.charAt(i);
      if (isUnreserved(c)) {
        bytes.put((byte) c);
      } else if (c == '%' && i + ESCAPE_LENGTH <= encoded.length()) {
        int high = Character.digit(encoded.charAt(i + 1), HEX);
        int low = Character.digit(encoded.charAt(i + 2), HEX);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.put((byte) (high << 4 | low));
        i += 2;
      } else {
        return Optional.empty();
      }
    }
    try {
      return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
