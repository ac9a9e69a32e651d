package org.vexor.solana.transaction;

import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Signs for one account; where the key lies, in memory or in another process, is its own affair.
public interface TransactionSigner {
  /// The account it signs for.
  Pubkey pubkey();

  /// The Ed25519 signature over `message`.
  Signature sign(byte[] message);
}
