package org.vexor.solana.cluster;

/// A restart of the cluster that all validators agreed upon.
///
/// @param slot the slot it took effect at; u64
/// @param count how often it happened at that slot; u64
public record HardFork(long slot, long count) {}
