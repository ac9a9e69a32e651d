package org.vexor.gossip.message;

import org.vexor.gossip.signature.GossipSigner;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.SignedMessage;

/// Are you where you say? The signature is over the token.
public record Ping(Pubkey from, Hash token, Signature signature) implements GossipMessage {
  /// Bytes of a ping on the wire, and of a pong.
  public static final int MESSAGE_BYTES = 4 + Pubkey.LENGTH + Hash.LENGTH + Signature.LENGTH;

  /// A signed ping.
  public static Ping sign(GossipSigner signer, Hash token) {
    return new Ping(signer.publicKey(), token, signer.sign(token.bytes()));
  }

  /// What is to be checked, so that the sender is known to have signed it.
  public SignedMessage signed() {
    return SignedMessage.of(token.bytes(), signature, from);
  }
}
