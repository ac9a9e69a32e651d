package org.vexor.turbine.verify;

/// Ed25519 as the verifier needs it, strict as dalek's `verify_strict`; `Ed25519Verifier::verify`
/// of the module solana is one.
@FunctionalInterface
public interface SignatureCheck {
  /// Whether the 64 bytes at `signatureOffset` are the signature of the message by the 32-byte
  /// public key at `keyOffset`.
  boolean verify(
      byte[] message,
      int messageOffset,
      int messageLength,
      byte[] signature,
      int signatureOffset,
      byte[] key,
      int keyOffset);
}
