/// What became of each transaction.
///
/// ```
///  accepted | refused            TransactionSender: queued, sent, acknowledged, lost, ended
///        |                                   |
///        v                                   v
///  TransactionHistory  <------------------  SendListener
///        ^     |-> TransactionStory, by signature
///        |     |-> HistoryListener, step by step
///        |     `-> LeaderStatistics, for each leader: landed of sent, histograms
///  seen(signature, slot), from own blocks or from RPC
/// ```
///
/// Invariants: bounded, the oldest stories are forgotten first and counted; a step is told once and
/// in the order in which it became known; accepted = told ended + still open + forgotten open.
/// Entry type: [TransactionHistory]. Time comes in through a monotonic clock.
@NullMarked
package org.vexor.tpu.history;

import org.jspecify.annotations.NullMarked;
