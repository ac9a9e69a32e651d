package org.vexor.masque.proxy.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/// One way in.
final class Credential {
  private static final String HASHED = "sha256:";
  private static final int KEY_HEX_DIGITS = 64;

  private final Kind kind;
  private final String name;

  /// SHA-256 of the secret; the secrets of all kinds are then of one length.
  private final byte[] digest;

  private Credential(Kind kind, String name, byte[] digest) {
    this.kind = kind;
    this.name = name;
    this.digest = digest;
  }

  enum Kind {
    /// User name and password (RFC 7617).
    BASIC,
    /// A token (RFC 6750).
    BEARER,
    /// The Ed25519 key of the client's certificate.
    KEY
  }

  /// From a line of the file, without the kind.
  ///
  /// @throws IllegalArgumentException when the secret has another form; it is not in the message
  static Credential of(Kind kind, String name, String secret) {
    if (kind == Kind.KEY) {
      if (secret.length() != KEY_HEX_DIGITS) {
        throw new IllegalArgumentException("the key of '" + name + "' is not 64 hex digits");
      }
      return new Credential(kind, name, sha256(hex(name, secret)));
    }
    byte[] digest =
        secret.startsWith(HASHED)
            ? hex(name, secret.substring(HASHED.length()))
            : sha256(secret.getBytes(StandardCharsets.UTF_8));
    if (digest.length != sha256(digest).length) {
      throw new IllegalArgumentException(
          "the digest of '" + name + "' is not sha256: and 64 hex digits");
    }
    return new Credential(kind, name, digest);
  }

  private static byte[] hex(String name, String digits) {
    try {
      return HexFormat.of().parseHex(digits.toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the secret of '" + name + "' is not of hex digits", e);
    }
  }

  static byte[] sha256(byte[] secret) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(secret);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  Kind kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /// Takes as long whether it matches or not.
  boolean matches(Kind otherKind, byte[] otherDigest) {
    boolean same = MessageDigest.isEqual(digest, otherDigest);
    return same && kind == otherKind;
  }

  @Override
  public String toString() {
    return kind + " " + name;
  }
}
