package org.vexor.gossip.message;

import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.signature.GossipVerifier;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Are you where you say? The signature is over the token.
public record Ping(Pubkey from, Hash token, Signature signature) implements GossipMessage {
  /// Bytes of a ping on the wire, and of a pong.
  public static final int MESSAGE_BYTES = 4 + Pubkey.LENGTH + Hash.LENGTH + Signature.LENGTH;

  /// A signed ping.
  public static Ping sign(GossipSigner signer, Hash token) {
    return new Ping(signer.publicKey(), token, signer.sign(token.bytes()));
  }

  /// Whether the sender signed it.
  public boolean isSigned(GossipVerifier verifier) {
    return verifier.verify(token.bytes(), 0, Hash.LENGTH, signature.bytes(), 0, from.bytes(), 0);
  }
}
