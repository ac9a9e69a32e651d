package org.vexor.solana.crypto;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.security.auth.Destroyable;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// A signing key: a 32-byte seed and the public key that follows from it. Safe for all threads.
///
/// The seed is in no `toString` and no message. [#destroy] overwrites it; signers and private keys
/// handed out before have copies of their own.
public final class Keypair implements Destroyable {
  /// Bytes of a seed.
  public static final int SEED_LENGTH = Ed25519Provider.KEY_LENGTH;

  private final byte[] seed;
  private final Pubkey publicKey;
  private boolean destroyed;

  private Keypair(byte[] seed, Pubkey publicKey) {
    this.seed = seed;
    this.publicKey = publicKey;
  }

  /// The key pair of a seed, which is copied.
  ///
  /// @throws IllegalArgumentException when it is not [#SEED_LENGTH] bytes
  public static Keypair fromSeed(byte[] seed) {
    if (seed.length != SEED_LENGTH) {
      throw new IllegalArgumentException(
          "a seed has " + SEED_LENGTH + " bytes, got " + seed.length);
    }
    return new Keypair(seed.clone(), derive(seed));
  }

  /// A new key pair from the system's secure random source.
  public static Keypair generate() {
    byte[] seed = new byte[SEED_LENGTH];
    new SecureRandom().nextBytes(seed);
    Keypair keypair = fromSeed(seed);
    Arrays.fill(seed, (byte) 0);
    return keypair;
  }

  /// The JDK computes a public key only while it generates a pair; so it is given the seed as its
  /// randomness.
  private static Pubkey derive(byte[] seed) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(Ed25519Provider.ALGORITHM, "SunEC");
      generator.initialize(255, new SeedAsRandom(seed));
      byte[] encoded = generator.generateKeyPair().getPublic().getEncoded();
      return Pubkey.of(encoded, encoded.length - Pubkey.LENGTH);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK makes no Ed25519 keys", e);
    }
  }

  /// The public half.
  public Pubkey publicKey() {
    return publicKey;
  }

  /// Signs `message`. For one signature now and then; who signs often keeps an [Ed25519Signer].
  ///
  /// @throws IllegalStateException when destroyed
  public Signature sign(byte[] message) {
    return new Ed25519Signer(this).sign(message);
  }

  /// The private half as a key of the JDK, for TLS.
  ///
  /// @throws IllegalStateException when destroyed
  public synchronized PrivateKey privateKey() {
    requireAlive();
    return Ed25519Provider.privateKey(seed);
  }

  /// Seed, then public key: the 64 bytes of a key file.
  synchronized byte[] secretBytes() {
    requireAlive();
    byte[] bytes = Arrays.copyOf(seed, SEED_LENGTH + Pubkey.LENGTH);
    publicKey.copyTo(bytes, SEED_LENGTH);
    return bytes;
  }

  private void requireAlive() {
    if (destroyed) {
      throw new IllegalStateException("the key of " + publicKey + " was destroyed");
    }
  }

  @Override
  public synchronized void destroy() {
    Arrays.fill(seed, (byte) 0);
    destroyed = true;
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  /// Names the public key only.
  @Override
  public String toString() {
    return "Keypair[" + publicKey + "]";
  }

  private static final class SeedAsRandom extends SecureRandom {
    private final transient byte[] seed;

    private SeedAsRandom(byte[] seed) {
      this.seed = seed;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      if (bytes.length != seed.length) {
        throw new IllegalStateException(
            "the JDK asked for " + bytes.length + " bytes to make a key of " + seed.length);
      }
      System.arraycopy(seed, 0, bytes, 0, bytes.length);
    }
  }
}
