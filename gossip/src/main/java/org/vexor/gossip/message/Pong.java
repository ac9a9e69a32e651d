package org.vexor.gossip.message;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.crypto.SignedMessage;

/// I am. The signature is over the hash, which is that of the ping's token.
public record Pong(Pubkey from, Hash hash, Signature signature) implements GossipMessage {
  private static final byte[] PREFIX = "SOLANA_PING_PONG".getBytes(StandardCharsets.US_ASCII);

  /// The signed answer to a ping.
  public static Pong answer(GossipSigner signer, Ping ping) {
    Hash hash = hashOf(ping.token());
    return new Pong(signer.publicKey(), hash, signer.sign(hash.bytes()));
  }

  /// What the answer to `token` must hold.
  public static Hash hashOf(Hash token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(PREFIX);
      digest.update(token.bytes());
      return Hash.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /// What is to be checked, so that the sender is known to have signed it.
  public SignedMessage signed() {
    return SignedMessage.of(hash.bytes(), signature, from);
  }
}
