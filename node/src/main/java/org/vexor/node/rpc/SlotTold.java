package org.vexor.node.rpc;

/// A slot whose block the source has, for slotSubscribe.
///
/// @param parent slot of the block below
/// @param root the highest finalized slot
public record SlotTold(long slot, long parent, long root) {}
