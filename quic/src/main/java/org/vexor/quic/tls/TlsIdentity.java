package org.vexor.quic.tls;

import java.nio.file.Path;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What an endpoint proves itself with: a private key and the certificates about it, its own first.
public final class TlsIdentity {
  /// PrivateKeyInfo of RFC 8410 §7 up to the 32 bytes of the seed.
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final PrivateKey key;
  private final List<X509Certificate> chain;

  TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
    this.key = key;
    this.chain = List.copyOf(chain);
  }

  /// From PEM files.
  ///
  /// @param certificates the endpoint's certificate, then those that lead to its authority
  /// @param privateKey unencrypted PKCS#8; Ed25519, EC or RSA
  /// @throws IllegalArgumentException when a file holds something else
  public static TlsIdentity fromPem(Path certificates, Path privateKey) {
    return new TlsIdentity(PemFiles.privateKey(privateKey), PemFiles.certificates(certificates));
  }

  /// A Solana node's: its Ed25519 key in the certificate that all nodes build alike.
  ///
  /// @param seed 32 bytes, the first half of a Solana key file
  /// @param publicKey the key of that seed
  public static TlsIdentity solana(byte[] seed, Ed25519Key publicKey) {
    if (seed.length != Ed25519Key.LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "an Ed25519 seed has " + Ed25519Key.LENGTH_BYTES + " bytes, not " + seed.length);
    }
    byte[] encoded = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + seed.length);
    System.arraycopy(seed, 0, encoded, PKCS8_PREFIX.length, seed.length);
    return ofPkcs8(encoded, publicKey);
  }

  /// The same from a key of the JDK or another provider.
  ///
  /// @param privateKey Ed25519, in PKCS#8
  /// @param publicKey the key that belongs to it
  public static TlsIdentity solana(PrivateKey privateKey, Ed25519Key publicKey) {
    return ofPkcs8(privateKey.getEncoded(), publicKey);
  }

  private static TlsIdentity ofPkcs8(byte[] encoded, Ed25519Key publicKey) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      return new TlsIdentity(key, List.of(SolanaCertificate.of(publicKey.bytes())));
    } catch (InvalidKeySpecException | NoSuchAlgorithmException e) {
      throw new IllegalArgumentException("not an Ed25519 key in PKCS#8", e);
    }
  }

  /// A Solana node's with a key made up now; what a server without an identity of its own shows.
  public static TlsIdentity solanaEphemeral(SecureRandom random) {
    try {
      var generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      var pair = generator.generateKeyPair();
      byte[] publicKey = Ed25519Key.of(pair.getPublic()).orElseThrow().bytes();
      return new TlsIdentity(pair.getPrivate(), List.of(SolanaCertificate.of(publicKey)));
    } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
      throw new AssertionError("the JDK makes Ed25519 keys", e);
    }
  }

  /// Its own first.
  public List<X509Certificate> certificates() {
    return chain;
  }

  /// The key of its own certificate, when that is Ed25519.
  public Optional<Ed25519Key> ed25519() {
    return Ed25519Key.of(chain.getFirst());
  }

  /// For the TLS of other transports; never to be printed or logged.
  public PrivateKey privateKey() {
    return key;
  }

  @Override
  public String toString() {
    return ed25519()
        .map(Ed25519Key::toString)
        .orElse(chain.getFirst().getSubjectX500Principal().getName());
  }
}
