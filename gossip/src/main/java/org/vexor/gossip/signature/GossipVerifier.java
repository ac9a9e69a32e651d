package org.vexor.gossip.signature;

import org.vexor.solana.crypto.Ed25519Verifier;

/// Judges signatures. Owned by one thread.
@FunctionalInterface
public interface GossipVerifier {
  /// Decoded keys that are kept: of as many owners as a table holds, since all of them are heard of
  /// in turn, and a smaller memory of those used last would never find one. About 3 kB each.
  int CACHED_KEYS = 8192;

  /// Whether the 64 bytes at `signatureOffset` sign the message by the key in the 32 bytes at
  /// `keyOffset`.
  boolean verify(
      byte[] message,
      int messageOffset,
      int messageLength,
      byte[] signature,
      int signatureOffset,
      byte[] key,
      int keyOffset);

  /// Strict Ed25519, with a decoded key kept for each of the identities seen last.
  static GossipVerifier ed25519() {
    return new Ed25519Verifier(CACHED_KEYS)::verify;
  }
}
