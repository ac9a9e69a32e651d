package org.vexor.tpu.vote;

import java.util.OptionalLong;
import org.vexor.solana.Hash;

/// The vote that was recorded last.
///
/// @param slot the last slot of its tower
/// @param root of its tower
/// @param bankHash of that slot
public record LastVote(long slot, OptionalLong root, Hash bankHash) {}
