package org.vexor.quic.tls;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The few DER encodings (ITU-T X.690) that certificates are made of. Values longer than 65,535
/// bytes do not occur in one.
final class Der {
  static final int BOOLEAN = 0x01;
  static final int INTEGER = 0x02;
  static final int BIT_STRING = 0x03;
  static final int OCTET_STRING = 0x04;
  static final int OBJECT_IDENTIFIER = 0x06;
  static final int UTF8_STRING = 0x0c;
  static final int UTC_TIME = 0x17;
  static final int GENERALIZED_TIME = 0x18;
  static final int SEQUENCE = 0x30;
  static final int SET = 0x31;
  static final int CONTEXT_2_PRIMITIVE = 0x82;
  static final int CONTEXT_7_PRIMITIVE = 0x87;
  static final int CONTEXT_0 = 0xa0;
  static final int CONTEXT_3 = 0xa3;

  private static final int LONGEST_SHORT_FORM = 0x7f;
  private static final int ONE_LENGTH_BYTE = 0x81;
  private static final int TWO_LENGTH_BYTES = 0x82;

  private Der() {}

  /// A value made of `parts` one after another.
  static byte[] value(int tag, byte[]... parts) {
    int length = 0;
    for (byte[] part : parts) {
      length += part.length;
    }
    if (length > 0xffff) {
      throw new IllegalArgumentException(length + " bytes do not fit two length bytes");
    }
    var bytes = new ByteArrayOutputStream(length + 4);
    bytes.write(tag);
    if (length > 0xff) {
      bytes.write(TWO_LENGTH_BYTES);
      bytes.write(length >>> Byte.SIZE);
    } else if (length > LONGEST_SHORT_FORM) {
      bytes.write(ONE_LENGTH_BYTE);
    }
    bytes.write(length);
    for (byte[] part : parts) {
      bytes.writeBytes(part);
    }
    return bytes.toByteArray();
  }

  static byte[] text(int tag, String ascii) {
    return value(tag, ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /// A bit string of whole bytes.
  static byte[] bits(byte[] bytes) {
    return value(BIT_STRING, new byte[] {0}, bytes);
  }
}
