package org.vexor.solana.transaction;

import org.vexor.solana.Pubkey;

/// Addresses of programs that are part of every cluster.
public final class WellKnownPrograms {
  /// Makes accounts and moves lamports.
  public static final Pubkey SYSTEM = Pubkey.ZERO;

  /// Keeps the votes of validators.
  public static final Pubkey VOTE =
      Pubkey.fromBase58("Vote111111111111111111111111111111111111111");

  /// Sets price and size limits of a transaction.
  public static final Pubkey COMPUTE_BUDGET =
      Pubkey.fromBase58("ComputeBudget111111111111111111111111111111");

  private WellKnownPrograms() {}
}
