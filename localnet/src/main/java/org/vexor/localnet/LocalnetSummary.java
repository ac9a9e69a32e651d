package org.vexor.localnet;

import java.util.List;
import java.util.Optional;

/// How a run ended.
///
/// @param nodes nodes of the cluster
/// @param slots slots that leaders made
/// @param skipped slots that passed while a leader was late
/// @param completeSlots slots complete on every node and as made
/// @param incomplete the others
/// @param recovered shreds rebuilt, on all nodes together
/// @param transactionsSent transactions that leaders put into blocks
/// @param votes votes among them
/// @param transactionsFound of them, found on each node, by number; a leader finds its own
/// @param medianCompleteNs from the first shred sent to complete on the last node, over good slots
/// @param longestCompleteNs the longest of those times
/// @param shreds where all shreds went
/// @param client what became of transactions sent by QUIC
public record LocalnetSummary(
    int nodes,
    long slots,
    long skipped,
    long completeSlots,
    List<SlotReport> incomplete,
    long recovered,
    long transactionsSent,
    long votes,
    List<Long> transactionsFound,
    long medianCompleteNs,
    long longestCompleteNs,
    ShredAccount shreds,
    Optional<ClientAccount> client) {
  /// Copies the lists.
  public LocalnetSummary {
    incomplete = List.copyOf(incomplete);
    transactionsFound = List.copyOf(transactionsFound);
  }

  /// Whether every transaction is on every node.
  public boolean hasAllTransactions() {
    return transactionsFound.stream().allMatch(found -> found == transactionsSent);
  }

  /// Whether all went as it must: every slot that was made is complete and the same everywhere, and
  /// the accounts close.
  public boolean isGood() {
    return slots > 0 && completeSlots == slots && hasAllTransactions() && shreds.closes();
  }
}
