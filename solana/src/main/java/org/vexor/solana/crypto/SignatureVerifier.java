package org.vexor.solana.crypto;

import java.util.BitSet;
import java.util.List;

/// Judges signatures; [Ed25519Verifier] does it as the cluster does. Owned by one thread.
@FunctionalInterface
public interface SignatureVerifier {
  /// Whether the 64 bytes at `signatureOffset` are a signature of the message by the key in the 32
  /// bytes at `keyOffset`.
  boolean verify(
      byte[] message,
      int messageOffset,
      int messageLength,
      byte[] signature,
      int signatureOffset,
      byte[] key,
      int keyOffset);

  /// Whether it is signed by whom it says.
  default boolean verify(SignedMessage signed) {
    return verify(
        signed.message(),
        signed.messageOffset(),
        signed.messageLength(),
        signed.signature(),
        signed.signatureOffset(),
        signed.key(),
        signed.keyOffset());
  }

  /// Judges each of `batch`, with the same answers as one by one, and returns the indices of those
  /// that fail.
  default BitSet verifyMany(List<SignedMessage> batch) {
    BitSet failed = new BitSet(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      failed.set(i, !verify(batch.get(i)));
    }
    return failed;
  }
}
