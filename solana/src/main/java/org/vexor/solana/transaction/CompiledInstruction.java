package org.vexor.solana.transaction;

/// A call of a program as a message holds it: by indexes into the accounts of the message, static
/// ones first, then those to write and those to read of all lookup tables.
///
/// @param programIndex 0..255
/// @param accountIndexes one byte each
public record CompiledInstruction(int programIndex, Octets accountIndexes, Octets data) {}
