package org.vexor.gossip.signature;

import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.Ed25519Signer;
import org.vexor.solana.crypto.Keypair;

/// Signs as one identity. Owned by one thread.
public interface GossipSigner {
  /// The identity.
  Pubkey publicKey();

  /// The signature of `message`.
  Signature sign(byte[] message);

  /// Real signatures of a key pair.
  static GossipSigner of(Keypair keypair) {
    var signer = new Ed25519Signer(keypair);
    return new GossipSigner() {
      @Override
      public Pubkey publicKey() {
        return signer.publicKey();
      }

      @Override
      public Signature sign(byte[] message) {
        return signer.sign(message);
      }
    };
  }
}
