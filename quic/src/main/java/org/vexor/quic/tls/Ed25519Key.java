package org.vexor.quic.tls;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// An Ed25519 public key, the name by which Solana nodes know each other.
public final class Ed25519Key {
  public static final int LENGTH_BYTES = 32;

  /// SubjectPublicKeyInfo of RFC 8410 §4 up to the key itself.
  private static final byte[] SPKI_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private final byte[] bytes;

  private Ed25519Key(byte[] bytes) {
    this.bytes = bytes;
  }

  /// From its 32 bytes, which are copied.
  ///
  /// @throws IllegalArgumentException when there are not 32
  public static Ed25519Key of(byte[] bytes) {
    if (bytes.length != LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "an Ed25519 public key has " + LENGTH_BYTES + " bytes, not " + bytes.length);
    }
    return new Ed25519Key(bytes.clone());
  }

  /// The key that a certificate is about; empty when it is of another kind.
  public static Optional<Ed25519Key> of(X509Certificate certificate) {
    return of(certificate.getPublicKey());
  }

  static Optional<Ed25519Key> of(PublicKey key) {
    byte[] encoded = key.getEncoded();
    boolean ed25519 =
        encoded != null
            && encoded.length == SPKI_PREFIX.length + LENGTH_BYTES
            && Arrays.mismatch(encoded, SPKI_PREFIX) == SPKI_PREFIX.length;
    return ed25519
        ? Optional.of(
            new Ed25519Key(Arrays.copyOfRange(encoded, SPKI_PREFIX.length, encoded.length)))
        : Optional.empty();
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Ed25519Key key && Arrays.equals(bytes, key.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /// 64 hexadecimal digits.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes);
  }
}
