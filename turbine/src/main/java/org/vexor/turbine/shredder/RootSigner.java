package org.vexor.turbine.shredder;

/// The leader's key, as the shredder needs it; `Ed25519Signer::sign` of the module solana is one.
@FunctionalInterface
public interface RootSigner {
  /// Writes the 64-byte Ed25519 signature of the message to `target` at `targetOffset`.
  void sign(byte[] message, int offset, int length, byte[] target, int targetOffset);
}
