package org.vexor.turbine;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;

/// Ed25519 by the JDK: slow, but of another hand than what runs in production.
public final class JdkEd25519 {
  private JdkEd25519() {}

  /// As `SignatureVerifier` wants it.
  public static boolean verify(
      byte[] message,
      int messageOffset,
      int messageLength,
      byte[] signature,
      int signatureOffset,
      byte[] key,
      int keyOffset) {
    try {
      Signature engine = Signature.getInstance("Ed25519", "SunEC");
      engine.initVerify(publicKey(key, keyOffset));
      engine.update(message, messageOffset, messageLength);
      return engine.verify(signature, signatureOffset, 64);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /// As `RootSigner` wants it, but for the seed.
  public static void sign(
      byte[] seed, byte[] message, int offset, int length, byte[] target, int targetOffset) {
    try {
      PrivateKey key =
          KeyFactory.getInstance("Ed25519", "SunEC")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
      Signature engine = Signature.getInstance("Ed25519", "SunEC");
      engine.initSign(key);
      engine.update(message, offset, length);
      engine.sign(target, targetOffset, 64);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("cannot sign with a seed of " + seed.length, e);
    }
  }

  private static PublicKey publicKey(byte[] key, int offset) throws GeneralSecurityException {
    byte[] bigEndian = new byte[32];
    for (int i = 0; i < 32; i++) {
      bigEndian[i] = key[offset + 31 - i];
    }
    boolean odd = (bigEndian[0] & 0x80) != 0;
    bigEndian[0] &= 0x7f;
    EdECPoint point = new EdECPoint(odd, new BigInteger(1, bigEndian));
    return KeyFactory.getInstance("Ed25519", "SunEC")
        .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
  }
}
