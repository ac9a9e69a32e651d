package org.vexor.turbine.block;

import org.vexor.solana.entry.EntryRefusal;

/// One batch of entries.
///
/// @param lastIndex data shred that ends it
/// @param bytes payload of its shreds
/// @param consumed how much of that the entries take; the rest is padding
/// @param entries entries in it; 0 if it is a block marker
/// @param transactions transactions in its entries
/// @param refusal why the batch is unreadable from `consumed` on; [EntryRefusal#NONE] if it is not
public record BatchSummary(
    int lastIndex, int bytes, int consumed, int entries, int transactions, EntryRefusal refusal) {}
