/// Entries: the content of a block between its shreds and its transactions, and the hash chain that
/// dates them.
///
/// ```
/// batch bytes -> EntryBatchReader -> nextEntry -> nextTransaction -> TransactionView     nothing copied
///                      |                `-> SignatureMixin -+
///                      `-> BlockMarker       numHashes -> Poh -> PohVerifier -> PohVerdict
/// List of Entry -> EntryBatches.serialize -> batch bytes
/// ```
///
/// A batch is what a block's data shreds hold between two ends of data: a count and that many
/// entries, or count 0 and a block marker. Zero bytes behind the last entry are padding.
/// Invariants: a reader never leaves its range and never throws because of what the bytes say;
/// hashing an entry of a size seen before allocates nothing. Entry types: [EntryBatchReader],
/// [PohVerifier]. Knows nothing of shreds.
@NullMarked
package org.vexor.solana.entry;

import org.jspecify.annotations.NullMarked;
