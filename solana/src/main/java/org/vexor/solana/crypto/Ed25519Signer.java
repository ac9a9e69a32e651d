package org.vexor.solana.crypto;

import java.security.InvalidKeyException;
import java.security.SignatureException;
import java.util.Objects;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Signs again and again with one key. Owned by one thread; allocates only what the provider does.
public final class Ed25519Signer {
  private final java.security.Signature engine;
  private final Pubkey publicKey;

  /// @throws IllegalStateException when `keypair` was destroyed
  public Ed25519Signer(Keypair keypair) {
    this(Ed25519Provider.best(), keypair);
  }

  Ed25519Signer(Ed25519Provider provider, Keypair keypair) {
    engine = provider.signature();
    publicKey = keypair.publicKey();
    try {
      engine.initSign(keypair.privateKey());
    } catch (InvalidKeyException e) {
      throw new IllegalStateException(provider.name() + " refuses the key of " + publicKey, e);
    }
  }

  /// The key that verifies what this signs.
  public Pubkey publicKey() {
    return publicKey;
  }

  /// Signs the message and writes the 64 bytes of the signature to `target` at `targetOffset`.
  ///
  /// @throws IndexOutOfBoundsException when a range is outside its array
  public void sign(byte[] message, int offset, int length, byte[] target, int targetOffset) {
    Objects.checkFromIndexSize(offset, length, message.length);
    Objects.checkFromIndexSize(targetOffset, Signature.LENGTH, target.length);
    try {
      engine.update(message, offset, length);
      engine.sign(target, targetOffset, Signature.LENGTH);
    } catch (SignatureException e) {
      throw new IllegalStateException("cannot sign as " + publicKey, e);
    }
  }

  /// Signs the message.
  public Signature sign(byte[] message) {
    byte[] signature = new byte[Signature.LENGTH];
    sign(message, 0, message.length, signature, 0);
    return Signature.of(signature);
  }
}
