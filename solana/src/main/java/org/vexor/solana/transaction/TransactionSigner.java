package org.vexor.solana.transaction;

import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;

/// Signs for one account; where the key lies, in memory or in another process, is its own affair.
public interface TransactionSigner {
  /// The account it signs for.
  Pubkey pubkey();

  /// The Ed25519 signature over `message`.
  Signature sign(byte[] message);

  /// Signs with a key in memory; for one thread.
  static TransactionSigner of(Keypair keypair) {
    Ed25519Signer signer = new Ed25519Signer(keypair);
    return new TransactionSigner() {
      @Override
      public Pubkey pubkey() {
        return signer.publicKey();
      }

      @Override
      public Signature sign(byte[] message) {
        return signer.sign(message);
      }
    };
  }
}
