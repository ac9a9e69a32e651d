package org.vexor.turbine.block;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.vexor.solana.Hash;
import org.vexor.solana.Signature;
import org.vexor.solana.entry.BlockMarker;
import org.vexor.turbine.fec.ShredFate;

/// What a slot was, as far as it came.
///
/// @param slot the slot
/// @param shredVersion shred version of its shreds
/// @param complete whether all data shreds up to the last were there
/// @param shreds data and code shreds received, each once
/// @param fecSets in order of index
/// @param chained whether each set names the root of the one before, where both are here
/// @param parentSlot none while no data shred was there
/// @param lastInSlot whether the shred that ends the slot was there
/// @param batches the batches whose first and last and all shreds between were there, in order
/// @param content the sums over the entries of those batches
/// @param recovered data and code shreds that were rebuilt, and not received since
/// @param duplicates copies of shreds received before
/// @param rejected shreds of this slot that were dropped, by reason; reasons without any are absent
public record BlockSummary(
    long slot,
    int shredVersion,
    boolean complete,
    int shreds,
    List<SetSummary> fecSets,
    boolean chained,
    OptionalLong parentSlot,
    boolean lastInSlot,
    List<BatchSummary> batches,
    Content content,
    int recovered,
    int duplicates,
    Map<ShredFate, Integer> rejected) {

  /// Sums over entries and transactions in the order of the block.
  ///
  /// @param entries entries
  /// @param ticks entries without transactions
  /// @param transactions transactions
  /// @param transactionSignaturesValid transactions whose every signature holds; none if not asked
  ///   for
  /// @param sumNumHashes sum of the entries' hash counts
  /// @param firstEntryHash hash of the first entry; none without entries
  /// @param lastEntryHash hash of the last entry, which the next block builds on
  /// @param firstSignatures the first signatures of the first three transactions
  /// @param lastSignature the first signature of the last transaction
  /// @param poh whether the hashes follow from each other
  /// @param pohFollowing entries found to follow from the one before; may be all but the first
  /// @param markers block markers
  /// @param digests none if not asked for
  public record Content(
      int entries,
      int ticks,
      int transactions,
      OptionalInt transactionSignaturesValid,
      long sumNumHashes,
      Optional<Hash> firstEntryHash,
      Optional<Hash> lastEntryHash,
      List<Signature> firstSignatures,
      Optional<Signature> lastSignature,
      PohResult poh,
      int pohFollowing,
      List<BlockMarker> markers,
      Optional<Digests> digests) {}

  /// SHA-256 digests, for comparison with what others decoded.
  ///
  /// @param firstSignatures over the first signature of each transaction
  /// @param entries over the serialized entries one after another, without the counts of batches
  /// @param transactions over the transactions as they are on the wire
  public record Digests(Hash firstSignatures, Hash entries, Hash transactions) {}
}
