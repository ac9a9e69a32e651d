package org.vexor.solana.transaction;

/// Ed25519 over parts of one array; which of the stricter and looser rules, is the implementation's
/// choice.
@FunctionalInterface
public interface SignatureCheck {
  /// Whether the 64 bytes at `signatureOffset` are the signature of the key at `keyOffset` (32
  /// bytes) over the message.
  boolean verify(
      byte[] bytes, int keyOffset, int signatureOffset, int messageOffset, int messageLength);
}
