package org.vexor.node.rpc;

import java.util.Optional;

/// A transaction in a block, as the source knows it.
///
/// @param slot of the block
/// @param commitment of the block by now
/// @param confirmations blocks on top of it; meaningless once finalized
/// @param error JSON of what it failed with, where the source can tell
public record SeenTransaction(
    long slot, Commitment commitment, long confirmations, Optional<String> error) {}
