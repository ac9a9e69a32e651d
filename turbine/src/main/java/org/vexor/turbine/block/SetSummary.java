package org.vexor.turbine.block;

import java.util.Optional;
import org.vexor.solana.Hash;

/// One FEC set of a slot.
///
/// @param fecSetIndex index of its first data shred
/// @param merkleRoot what its leader signed
/// @param chainedRoot what it names as the root of the set before; none in unchained sets
/// @param data data shreds received, each once
/// @param code code shreds received, each once
/// @param resigned whether the shreds end with a retransmitter signature
/// @param discarded whether recovery contradicted the root, so that none of it was used
public record SetSummary(
    int fecSetIndex,
    Hash merkleRoot,
    Optional<Hash> chainedRoot,
    int data,
    int code,
    boolean resigned,
    boolean discarded) {}
