/// The Merkle tree over the shreds of an FEC set: roots from proofs, proofs from shreds.
///
/// ```
///                  root           32 bytes, what the leader signs
///                /      \
///             node      node      SHA-256 of two 20-byte prefixes
///            /    \    /    \
///          leaf  leaf leaf  leaf  SHA-256 of a shred from variant to chained root
/// ```
///
/// [MerkleHasher] climbs from one shred to its root; [MerkleTree] builds the whole; [KnownNodes]
/// shortens the climb for later shreds of a set whose root is verified. An odd level pairs its last
/// node with itself. Nothing allocates after construction; each object has one owner.
///
/// Entry type: [MerkleHasher]. Knows nothing of signatures. Source: agave
/// `ledger/src/shred/merkle_tree.rs`.
@NullMarked
package org.vexor.turbine.merkle;

import org.jspecify.annotations.NullMarked;
