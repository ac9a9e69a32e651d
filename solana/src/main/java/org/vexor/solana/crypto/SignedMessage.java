package org.vexor.solana.crypto;

import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// A message with what claims to be its signature, and the key that is said to have made it; each a
/// part of an array, which may be one for all. The arrays are not copied; nobody may change them
/// while the record is in use.
@SuppressWarnings("ArrayRecordComponent") // a carrier to a verifier, never compared
public record SignedMessage(
    byte[] message,
    int messageOffset,
    int messageLength,
    byte[] signature,
    int signatureOffset,
    byte[] key,
    int keyOffset) {

  /// Of a whole array.
  public static SignedMessage of(byte[] message, Signature signature, Pubkey signer) {
    return new SignedMessage(message, 0, message.length, signature.bytes(), 0, signer.bytes(), 0);
  }
}
