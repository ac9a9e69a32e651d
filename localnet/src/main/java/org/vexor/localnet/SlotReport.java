package org.vexor.localnet;

import java.util.List;

/// What became of one slot, for people and programs to read.
///
/// @param slot the slot
/// @param leader number of the node that led it
/// @param shreds data and code shreds that the leader made
/// @param recovered shreds rebuilt, on all nodes together
/// @param transactions transactions in the block
/// @param completeOn nodes that have the whole block, its leader among them
/// @param nodes nodes of the cluster
/// @param completeNs from the first shred sent to complete on the last node; of those that are,
///   where some are not
/// @param missingOn nodes that lack it, by number
/// @param differentOn nodes that got another block than the leader made
public record SlotReport(
    long slot,
    int leader,
    int shreds,
    int recovered,
    int transactions,
    int completeOn,
    int nodes,
    long completeNs,
    List<Integer> missingOn,
    List<Integer> differentOn) {
  /// Whether every node has the very block that the leader made.
  public boolean isGood() {
    return completeOn == nodes && differentOn.isEmpty();
  }
}
