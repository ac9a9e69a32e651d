package org.vexor.solana.transaction;

import org.vexor.solana.Pubkey;

/// An account as an instruction wants it: whether it must sign, and whether it may be written.
public record AccountMeta(Pubkey pubkey, boolean signer, boolean writable) {
  /// An account that signs and may be written.
  public static AccountMeta writableSigner(Pubkey pubkey) {
    return new AccountMeta(pubkey, true, true);
  }

  /// An account that signs and is only read.
  public static AccountMeta readonlySigner(Pubkey pubkey) {
    return new AccountMeta(pubkey, true, false);
  }

  /// An account that may be written.
  public static AccountMeta writable(Pubkey pubkey) {
    return new AccountMeta(pubkey, false, true);
  }

  /// An account that is only read.
  public static AccountMeta readonly(Pubkey pubkey) {
    return new AccountMeta(pubkey, false, false);
  }
}
