package org.vexor.solana.cluster;

import org.vexor.solana.Pubkey;

/// One entry of the stakes a schedule is drawn from.
///
/// @param identity the node that leads
/// @param orderKey what equal stakes are ordered by: the vote account (SIMD-0180), before it the
///   identity
/// @param lamports the stake, unsigned
public record StakedLeader(Pubkey identity, Pubkey orderKey, long lamports) {}
