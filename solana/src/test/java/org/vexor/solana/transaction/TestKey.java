package org.vexor.solana.transaction;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// A new key, and a signature check, of the JDK alone: a second opinion beside Vexor's own.
public record TestKey(KeyPair pair, Pubkey pubkey) implements TransactionSigner {
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  public static TestKey generate() {
    try {
      KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
      return new TestKey(pair, Pubkey.of(pair.getPublic().getEncoded(), X509_PREFIX.length));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Signature sign(byte[] message) {
    try {
      java.security.Signature signature = java.security.Signature.getInstance("Ed25519");
      signature.initSign(pair.getPrivate());
      signature.update(message);
      return Signature.of(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  public static boolean verify(
      byte[] bytes, int keyOffset, int signatureOffset, int messageOffset, int messageLength) {
    try {
      byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + Pubkey.LENGTH);
      System.arraycopy(bytes, keyOffset, encoded, X509_PREFIX.length, Pubkey.LENGTH);
      java.security.Signature check = java.security.Signature.getInstance("Ed25519");
      check.initVerify(
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded)));
      check.update(bytes, messageOffset, messageLength);
      return check.verify(bytes, signatureOffset, Signature.LENGTH);
    } catch (GeneralSecurityException e) {
      return false; // not a point, or not a signature: that is the answer
    }
  }
}
