package org.vexor.solana.vote;

/// A slot voted for and how many later votes confirm it.
///
/// @param confirmationCount 0..255; a tower holds 31 down to 1
public record Lockout(long slot, int confirmationCount) {}
