package org.vexor.gossip.table;

import org.vexor.solana.Pubkey;

/// Whose table it is, and how much it may hold.
///
/// @param self our identity, whose values never expire
/// @param shredVersion of our cluster
/// @param maximumOwners how many identities are kept; Agave keeps 8192
/// @param maximumDropped how many hashes of dropped values are remembered, of each sort
public record TableOptions(Pubkey self, int shredVersion, int maximumOwners, int maximumDropped) {
  private static final int OWNERS = 8192;
  private static final int DROPPED = 65_536;

  public TableOptions {
    if (shredVersion < 1 || shredVersion > 0xffff) {
      throw new IllegalArgumentException(
          "shred version " + shredVersion + " is not between 1 and 65535; an entrypoint knows it");
    }
    if (maximumOwners < 1 || maximumDropped < 1) {
      throw new IllegalArgumentException(
          "a table needs room for 1 owner at least, got "
              + maximumOwners
              + ", and for 1 dropped hash, got "
              + maximumDropped);
    }
  }

  /// Bounds as Agave has them.
  public static TableOptions of(Pubkey self, int shredVersion) {
    return new TableOptions(self, shredVersion, OWNERS, DROPPED);
  }

  public TableOptions withMaximumOwners(int owners) {
    return new TableOptions(self, shredVersion, owners, maximumDropped);
  }
}
