package org.vexor.quic.tls;

import static org.vexor.quic.tls.Der.bits;
import static org.vexor.quic.tls.Der.text;
import static org.vexor.quic.tls.Der.value;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Arrays;

/// The certificate that Solana nodes show each other: X.509 in form, its only content the Ed25519
/// key of the identity. Its signature is no signature; what proves the identity is that TLS signs
/// the handshake with the key.
final class SolanaCertificate {
  private static final byte[] ED25519 = {0x2b, 0x65, 0x70};
  private static final byte[] COMMON_NAME = {0x55, 0x04, 0x03};
  private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
  private static final byte[] BASIC_CONSTRAINTS = {0x55, 0x1d, 0x13};
  private static final byte[] VERSION_3 = {2};
  private static final byte[] TRUE = {(byte) 0xff};

  private SolanaCertificate() {}

  /// The bytes that Agave would make for the same key.
  ///
  /// @param publicKey 32 bytes of an Ed25519 key
  static byte[] encode(byte[] publicKey) {
    byte[] serial = filled(8, 1);
    byte[] algorithm = value(Der.SEQUENCE, value(Der.OBJECT_IDENTIFIER, ED25519));
    byte[] issuer =
        value(
            Der.SEQUENCE,
            value(
                Der.SET,
                value(
                    Der.SEQUENCE,
                    value(Der.OBJECT_IDENTIFIER, COMMON_NAME),
                    text(Der.UTF8_STRING, "Solana node"))));
    byte[] validity =
        value(
            Der.SEQUENCE,
            text(Der.UTC_TIME, "700101000000Z"),
            text(Der.GENERALIZED_TIME, "40960101000000Z"));
    byte[] localhost =
        extension(
            SUBJECT_ALTERNATIVE_NAME,
            value(Der.SEQUENCE, text(Der.CONTEXT_2_PRIMITIVE, "localhost")));
    byte[] noAuthority = extension(BASIC_CONSTRAINTS, value(Der.SEQUENCE));
    byte[] toBeSigned =
        value(
            Der.SEQUENCE,
            value(Der.CONTEXT_0, value(Der.INTEGER, VERSION_3)),
            value(Der.INTEGER, serial),
            algorithm,
            issuer,
            validity,
            value(Der.SEQUENCE),
            value(Der.SEQUENCE, algorithm, bits(publicKey)),
            value(Der.CONTEXT_3, value(Der.SEQUENCE, localhost, noAuthority)));
    return value(Der.SEQUENCE, toBeSigned, algorithm, bits(filled(64, 0xff)));
  }

  static X509Certificate of(byte[] publicKey) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(encode(publicKey)));
    } catch (CertificateException e) {
      throw new AssertionError("the certificate built here is well-formed", e);
    }
  }

  private static byte[] extension(byte[] identifier, byte[] content) {
    return value(
        Der.SEQUENCE,
        value(Der.OBJECT_IDENTIFIER, identifier),
        value(Der.BOOLEAN, TRUE),
        value(Der.OCTET_STRING, content));
  }

  private static byte[] filled(int length, int with) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) with);
    return bytes;
  }
}
