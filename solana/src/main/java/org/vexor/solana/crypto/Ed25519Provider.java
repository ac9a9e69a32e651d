package org.vexor.solana.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Security;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// The library that computes on the curve: Corretto's where its native part loads, else the JDK's.
/// Used as an object; nothing is installed for the rest of the process.
final class Ed25519Provider {
  static final String ALGORITHM = "Ed25519";
  static final int KEY_LENGTH = 32;

  // RFC 8410: what stands before the 32 bytes of a key in its DER form.
  private static final byte[] PUBLIC_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final byte[] PRIVATE_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private static final Ed25519Provider JDK =
      new Ed25519Provider(Security.getProvider("SunEC"), "native provider not asked for");
  private static final Ed25519Provider BEST = findBest();

  private final Provider provider;
  private final String name;

  private Ed25519Provider(Provider provider, String why) {
    this.provider = provider;
    this.name = provider.getName() + " " + provider.getVersionStr() + " (" + why + ")";
  }

  /// The fastest that works on this machine.
  static Ed25519Provider best() {
    return BEST;
  }

  /// The one of the JDK, which works everywhere.
  static Ed25519Provider jdk() {
    return JDK;
  }

  /// Name, version and why this one, for a person to read.
  String name() {
    return name;
  }

  private static Ed25519Provider findBest() {
    Throwable fault;
    try {
      AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
      fault = corretto.getLoadingError();
      if (fault == null) {
        return new Ed25519Provider(corretto, corretto.getAwsLcVersionStr());
      }
    } catch (LinkageError e) {
      fault = e;
    }
    return new Ed25519Provider(JDK.provider, "slow: no native provider here, " + fault);
  }

  /// A new signature object of this provider, to be initialised with a key.
  Signature signature() {
    try {
      return Signature.getInstance(ALGORITHM, provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(name + " has no " + ALGORITHM, e);
    }
  }

  /// The key of the 32 bytes at `offset`.
  ///
  /// @throws InvalidKeyException when they are no point of the curve, as far as it is looked at yet
  static PublicKey publicKey(byte[] source, int offset) throws InvalidKeyException {
    try {
      return keyFactory()
          .generatePublic(new X509EncodedKeySpec(prefixed(PUBLIC_PREFIX, source, offset)));
    } catch (InvalidKeySpecException e) {
      throw new InvalidKeyException(e);
    }
  }

  /// The private key of a 32-byte seed.
  static PrivateKey privateKey(byte[] seed) {
    try {
      return keyFactory()
          .generatePrivate(new PKCS8EncodedKeySpec(prefixed(PRIVATE_PREFIX, seed, 0)));
    } catch (InvalidKeySpecException e) {
      throw new IllegalStateException("every 32 bytes are a seed", e);
    }
  }

  private static KeyFactory keyFactory() {
    try {
      return KeyFactory.getInstance(ALGORITHM, JDK.provider);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(JDK.name + " has no keys of " + ALGORITHM, e);
    }
  }

  private static byte[] prefixed(byte[] prefix, byte[] source, int offset) {
    byte[] encoded = new byte[prefix.length + KEY_LENGTH];
    System.arraycopy(prefix, 0, encoded, 0, prefix.length);
    System.arraycopy(source, offset, encoded, prefix.length, KEY_LENGTH);
    return encoded;
  }
}
