/// FEC sets: collect what comes of one, make what does not.
///
/// ```
/// ShredView + its root -> FecSets.offer -> FecSet.judge -> kept (copied into the set's slab) | ShredFate
///                                             |
///             as many shreds as the set has data, some of it missing
///                                             |
///        SetRebuilder: erasure -> headers -> MerkleTree -> root equal? -> proofs -> ShredSink
///                                                           | no
///                                                       DISCARDED
/// ```
///
/// Invariants: every shred offered has exactly one [ShredFate]; a set that is COMPLETE holds all
/// its data shreds byte for byte as the leader signed them; a rebuilt shred leaves only after the
/// root of the whole set was found equal to the signed one; nothing is allocated in a steady state.
///
/// Entry type: [FecSets]. Knows the shred's layout, its Merkle tree and the erasure code; nothing
/// of slots, entries or signatures.
@NullMarked
package org.vexor.turbine.fec;

import org.jspecify.annotations.NullMarked;
