package org.vexor.solana.crypto;

import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// A message with what claims to be its signature by `signer`. The array is not copied; nobody may
/// change it while the record is in use.
@SuppressWarnings("ArrayRecordComponent") // a carrier to a verifier, never compared
public record SignedMessage(byte[] message, Signature signature, Pubkey signer) {}
