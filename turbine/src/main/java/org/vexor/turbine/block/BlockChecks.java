package org.vexor.turbine.block;

import java.util.Optional;
import org.vexor.solana.transaction.SignatureCheck;

/// What to find out about a block beyond its entries and transactions.
///
/// @param digests whether to compute the SHA-256 digests: about 2 us a shred
/// @param maxPohHashes most hashes of one entry to verify; 0 for no check of the chain. A block of
///   mainnet is 4 million hashes, about a second of one core, so a live node checks none here
/// @param signatures how to check the signatures of transactions, if at all
/// @param visitor is shown each transaction, if anybody wants to see them
public record BlockChecks(
    boolean digests,
    long maxPohHashes,
    Optional<SignatureCheck> signatures,
    Optional<TransactionVisitor> visitor) {
  /// Entries and transactions only.
  public static final BlockChecks NONE =
      new BlockChecks(false, 0, Optional.empty(), Optional.empty());

  /// Refuses a negative limit.
  public BlockChecks {
    if (maxPohHashes < 0) {
      throw new IllegalArgumentException(
          "maxPohHashes is " + maxPohHashes + "; give 0 to check no hashes");
    }
  }

  /// Nobody is shown the transactions.
  public BlockChecks(boolean digests, long maxPohHashes, Optional<SignatureCheck> signatures) {
    this(digests, maxPohHashes, signatures, Optional.empty());
  }

  /// The same, and the transactions shown.
  public BlockChecks withVisitor(TransactionVisitor shown) {
    return new BlockChecks(digests, maxPohHashes, signatures, Optional.of(shown));
  }
}
