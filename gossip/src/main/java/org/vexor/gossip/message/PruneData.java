package org.vexor.gossip.message;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.crypto.SignatureVerifier;
import org.vexor.solana.crypto.SignedMessage;

/// The signed part of a prune message.
///
/// @param owner who wants to hear less
/// @param origins whose values it does not want from the destination
/// @param destination who is asked
/// @param wallclockMs when, by the owner's clock
public record PruneData(
    Pubkey owner, List<Pubkey> origins, Signature signature, Pubkey destination, long wallclockMs) {
  /// Most origins in one message.
  public static final int MAXIMUM_ORIGINS = 32;

  /// In front of the signed bytes of the newer form, so that no other signed bytes can be taken for
  /// a prune.
  private static final byte[] PREFIX =
      "\u00ffSOLANA_PRUNE_DATA".getBytes(StandardCharsets.ISO_8859_1);

  public PruneData {
    origins = List.copyOf(origins);
  }

  /// Signs in the form that is sent today, without prefix.
  public static PruneData sign(
      GossipSigner signer, List<Pubkey> origins, Pubkey destination, long wallclockMs) {
    byte[] message = signedBytes(signer.publicKey(), origins, destination, wallclockMs, false);
    return new PruneData(
        signer.publicKey(), origins, signer.sign(message), destination, wallclockMs);
  }

  /// Whether the owner signed it, in either form.
  public boolean isSigned(SignatureVerifier verifier) {
    return isSigned(verifier, false) || isSigned(verifier, true);
  }

  private boolean isSigned(SignatureVerifier verifier, boolean prefixed) {
    byte[] message = signedBytes(owner, origins, destination, wallclockMs, prefixed);
    return verifier.verify(SignedMessage.of(message, signature, owner));
  }

  static byte[] signedBytes(
      Pubkey owner, List<Pubkey> origins, Pubkey destination, long wallclockMs, boolean prefixed) {
    var out = new WireWriter(new byte[128 + Pubkey.LENGTH * origins.size()]);
    if (prefixed) {
      out.vecLength(PREFIX.length).bytes(PREFIX);
    }
    out.bytes(owner.bytes()).vecLength(origins.size());
    origins.forEach(origin -> out.bytes(origin.bytes()));
    return out.bytes(destination.bytes()).u64(wallclockMs).toByteArray();
  }
}
