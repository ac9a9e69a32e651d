/// The leader's side: entry batches in, signed shreds out (agave `ledger/src/shredder.rs`,
/// `ledger/src/shred/merkle.rs`; firedancer `src/disco/shred/fd_shredder.c`).
///
/// ```
/// batch -> sets of 32 x 963 bytes (the last of a slot 32 x 899, resigned) -> Reed-Solomon 32:32 -> MerkleTree
///       -> leader signs the root -> 64 shreds -> ShredOutput;   the root becomes the next set's chained root
/// ```
///
/// Invariants: every set is full, empty shreds behind the last byte of a batch; indexes and chained
/// roots run on over the slot; the same input gives the same bytes. Entry type: [Shredder]. Knows
/// nothing of entries.
@NullMarked
package org.vexor.turbine.shredder;

import org.jspecify.annotations.NullMarked;
