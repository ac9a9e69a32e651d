package org.vexor.turbine.block;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.vexor.solana.transaction.SignatureCheck;

/// Ed25519 of the JDK's own provider: slow, and nobody's code of ours.
final class JdkSignatures implements SignatureCheck {
  private static final byte[] KEY_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  @Override
  public boolean verify(
      byte[] bytes, int keyOffset, int signatureOffset, int messageOffset, int messageLength) {
    byte[] key = Arrays.copyOf(KEY_PREFIX, KEY_PREFIX.length + 32);
    System.arraycopy(bytes, keyOffset, key, KEY_PREFIX.length, 32);
    try {
      Signature verifier = Signature.getInstance("Ed25519", "SunEC");
      verifier.initVerify(
          KeyFactory.getInstance("Ed25519", "SunEC").generatePublic(new X509EncodedKeySpec(key)));
      verifier.update(bytes, messageOffset, messageLength);
      return verifier.verify(bytes, signatureOffset, 64);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
