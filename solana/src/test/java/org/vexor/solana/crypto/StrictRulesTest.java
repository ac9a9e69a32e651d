package org.vexor.solana.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Pubkey;

/// Signatures that fulfil the equation and must be refused all the same.
final class StrictRulesTest {
  private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
  private static final BigInteger L =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
  private static final BigInteger D =
      BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
  private static final byte[] NEUTRAL = littleEndian(BigInteger.ONE);
  private static final byte[] MESSAGE = {1, 2, 3};
  private static final byte[] SEED = new byte[32];

  private final Keypair keypair = Keypair.fromSeed(SEED);

  @Test
  void refusesSThatIsNotReduced() {
    byte[] signature = keypair.sign(MESSAGE).bytes();
    BigInteger s = number(signature, 32).add(L);
    System.arraycopy(littleEndian(s), 0, signature, 32, 32);
    refused(signature, keypair.publicKey().bytes());
    assertTrue(StrictRules.isScalar(littleEndian(L.subtract(BigInteger.ONE)), 0));
    assertTrue(StrictRules.isScalar(new byte[32], 0));
    assertFalse(StrictRules.isScalar(littleEndian(L), 0));
    assertFalse(StrictRules.isScalar(littleEndian(L.add(BigInteger.TWO.pow(64))), 0));
    assertFalse(StrictRules.isScalar(littleEndian(L.add(BigInteger.TWO.pow(128))), 0));
    assertTrue(StrictRules.isScalar(littleEndian(L.subtract(BigInteger.TWO.pow(64))), 0));
  }

  @Test
  void refusesASmallKeyThoughTheEquationHolds() throws Exception {
    // With the neutral element as key, R = s B verifies every message.
    byte[] signature = new byte[64];
    keypair.publicKey().copyTo(signature, 0);
    System.arraycopy(littleEndian(secretScalar().mod(L)), 0, signature, 32, 32);
    assertTrue(equationHolds(signature, NEUTRAL), "the provider alone lets it through");
    refused(signature, NEUTRAL);
  }

  @Test
  void refusesASmallRThoughTheEquationHolds() throws Exception {
    // With the neutral element as R, S = h a.
    byte[] key = keypair.publicKey().bytes();
    MessageDigest digest = MessageDigest.getInstance("SHA-512");
    digest.update(NEUTRAL);
    digest.update(key);
    BigInteger h = number(digest.digest(MESSAGE), 0, 64);
    byte[] signature = new byte[64];
    System.arraycopy(NEUTRAL, 0, signature, 0, 32);
    System.arraycopy(littleEndian(h.multiply(secretScalar()).mod(L)), 0, signature, 32, 32);
    assertTrue(equationHolds(signature, key), "the provider alone lets it through");
    refused(signature, key);
  }

  @Test
  void knowsEveryPointOfSmallOrderAndOnlyThose() {
    List<BigInteger> small = new ArrayList<>();
    small.add(BigInteger.ZERO);
    small.add(BigInteger.ONE);
    small.add(P.subtract(BigInteger.ONE));
    // Order 8: the double has y = 0, that is x^2 = -y^2; with the curve: d y^4 + 2 y^2 - 1 = 0.
    BigInteger root = squareRoot(D.add(BigInteger.ONE));
    for (BigInteger r : List.of(root, P.subtract(root))) {
      BigInteger square = r.subtract(BigInteger.ONE).multiply(D.modInverse(P)).mod(P);
      if (square.modPow(P.shiftRight(1), P).equals(BigInteger.ONE)) {
        small.add(squareRoot(square));
        small.add(P.subtract(squareRoot(square)));
      }
    }
    assertEquals(5, small.size());
    for (BigInteger y : small) {
      assertFalse(StrictRules.isStrongPoint(littleEndian(y), 0), y.toString());
      assertFalse(StrictRules.isStrongPoint(littleEndian(y.setBit(255)), 0), y.toString());
      for (int step : new int[] {-1, 1}) {
        BigInteger near = y.add(BigInteger.valueOf(step));
        boolean sound = near.signum() >= 0 && near.compareTo(P) < 0 && !small.contains(near);
        if (near.signum() >= 0) {
          assertEquals(sound, StrictRules.isStrongPoint(littleEndian(near), 0), near.toString());
        }
      }
    }
  }

  @Test
  void refusesEveryYThatIsNotReduced() {
    for (int i = 0; i < 19; i++) {
      BigInteger y = P.add(BigInteger.valueOf(i));
      assertFalse(StrictRules.isStrongPoint(littleEndian(y), 0));
      assertFalse(StrictRules.isStrongPoint(littleEndian(y.setBit(255)), 0));
    }
  }

  private static void refused(byte[] signature, byte[] key) {
    for (Ed25519Provider provider : List.of(Ed25519Provider.best(), Ed25519Provider.jdk())) {
      assertFalse(
          new Ed25519Verifier(provider, 1)
              .verify(MESSAGE, 0, MESSAGE.length, signature, 0, key, 0));
    }
  }

  private static boolean equationHolds(byte[] signature, byte[] key) throws Exception {
    java.security.Signature engine = Ed25519Provider.best().signature();
    engine.initVerify(Ed25519Provider.publicKey(key, 0));
    engine.update(MESSAGE);
    return engine.verify(signature);
  }

  private static BigInteger secretScalar() throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-512").digest(SEED);
    hash[0] &= (byte) 0xf8;
    hash[31] = (byte) ((hash[31] & 0x7f) | 0x40);
    return number(hash, 0);
  }

  private static BigInteger squareRoot(BigInteger square) {
    BigInteger root = square.modPow(P.add(BigInteger.valueOf(3)).shiftRight(3), P);
    if (!root.multiply(root).mod(P).equals(square.mod(P))) {
      root = root.multiply(BigInteger.TWO.modPow(P.shiftRight(2), P)).mod(P);
    }
    assertEquals(square.mod(P), root.multiply(root).mod(P));
    return root;
  }

  private static BigInteger number(byte[] bytes, int offset) {
    return number(bytes, offset, Pubkey.LENGTH);
  }

  private static BigInteger number(byte[] bytes, int offset, int length) {
    BigInteger number = BigInteger.ZERO;
    for (int i = length - 1; i >= 0; i--) {
      number = number.shiftLeft(8).or(BigInteger.valueOf(bytes[offset + i] & 0xff));
    }
    return number;
  }

  private static byte[] littleEndian(BigInteger number) {
    byte[] bytes = new byte[32];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = number.shiftRight(8 * i).byteValue();
    }
    return bytes;
  }
}
