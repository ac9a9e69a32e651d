package org.vexor.solana.transaction;

import org.vexor.solana.Pubkey;

/// Accounts of a version 0 message that are named by their index in an address table on chain.
///
/// @param writableIndexes one byte each
/// @param readonlyIndexes one byte each
public record AddressLookup(Pubkey table, Octets writableIndexes, Octets readonlyIndexes) {}
