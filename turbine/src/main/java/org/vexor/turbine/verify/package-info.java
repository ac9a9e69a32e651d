/// Is a shred really the leader's?
///
/// ```
/// ShredView -> set verified before, same signature? -- yes -> KnownNodes.accepts -> VERIFIED | OTHER_ROOT
///                       | no
///              root of the shred -> Ed25519(leader of the slot, root) -> VERIFIED, set remembered
///                                                                     -> BAD_SIGNATURE, remembered too
/// ```
///
/// One Ed25519 check for each distinct (leader, root, signature) in the tables; every shred is
/// hashed all the same. Invariant: what is VERIFIED hashes to a root over which the signature of
/// the slot's leader was checked. The retransmitter signature plays no part. Entry type:
/// [ShredVerifier]. Knows nothing of sets beyond their place in the slot.
@NullMarked
package org.vexor.turbine.verify;

import org.jspecify.annotations.NullMarked;
