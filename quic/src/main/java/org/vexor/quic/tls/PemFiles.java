package org.vexor.quic.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;

/// Reads certificates and private keys from PEM files (RFC 7468). Netty's own reader refuses
/// Ed25519 keys.
final class PemFiles {
  private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
  private static final String KEY_END = "-----END PRIVATE KEY-----";
  private static final List<String> KEY_KINDS = List.of("Ed25519", "EC", "RSA");

  private PemFiles() {}

  /// All certificates of a file, in its order.
  static List<X509Certificate> certificates(Path file) {
    try {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(Files.readAllBytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(file + " holds no certificate; expected PEM text");
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IllegalArgumentException(file + " holds a damaged certificate", e);
    } catch (IOException e) {
      throw new UncheckedIOException("certificates of " + file + " cannot be read", e);
    }
  }

  /// The unencrypted PKCS#8 key of a file: Ed25519, EC or RSA.
  static PrivateKey privateKey(Path file) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("private key of " + file + " cannot be read", e);
    }
    int begin = text.indexOf(KEY_BEGIN);
    int end = text.indexOf(KEY_END);
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          file
              + " holds no '"
              + KEY_BEGIN
              + "' section; to convert it: openssl pkcs8 -topk8 -nodes -in "
              + file);
    }
    byte[] encoded;
    try {
      encoded = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + " holds damaged base64", e);
    }
    return decode(encoded, file.toString());
  }

  private static PrivateKey decode(byte[] encoded, String origin) {
    InvalidKeySpecException last = null;
    for (String kind : KEY_KINDS) {
      try {
        return KeyFactory.getInstance(kind).generatePrivate(new PKCS8EncodedKeySpec(encoded));
      } catch (InvalidKeySpecException e) {
        last = e;
      } catch (NoSuchAlgorithmException e) {
        throw new AssertionError("the JDK has keys of kind " + kind, e);
      }
    }
    throw new IllegalArgumentException(
        origin + " holds a private key that is none of " + KEY_KINDS, last);
  }
}
