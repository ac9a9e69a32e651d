/// Blocks out of shreds: slots assembled in bounded memory, batches of entries cut out of them,
/// checked and summed up.
///
/// ```
/// ShredView + root -> BlockAssembler -> SlotAssembler -> FecSets        one slot: which shreds, which end
///                          |                 |
///                          |        all data shreds 0..last here
///                          |                 |
///                          |   Deshredder (payloads -> batches) -> BlockDecoder (entries, PoH, digests)
///                          |                                            |
///                          +-- too old, too many, too large --> BlockListener.finished | abandoned (BlockSummary)
/// ```
///
/// Invariants: every shred offered has exactly one [org.vexor.turbine.fec.ShredFate], counted here;
/// the memory held is below the bound given, whatever comes; the summary of a complete block
/// depends on the block alone, except for the counts of what was received and rebuilt.
///
/// Entry type: [BlockAssembler], for live turbine and for files alike. One thread. Does no I/O,
/// checks no signature of shreds, and lets a clock be given to it.
@NullMarked
package org.vexor.turbine.block;

import org.jspecify.annotations.NullMarked;
