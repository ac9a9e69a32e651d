package org.vexor.solana.rpc;

import org.vexor.solana.Hash;

/// A blockhash, and how long transactions with it can land.
///
/// @param lastValidBlockHeight the last block height at which they can
/// @param slot at which the node said so
public record LatestBlockhash(Hash blockhash, long lastValidBlockHeight, long slot) {}
