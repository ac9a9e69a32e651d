package org.vexor.node.landing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.solana.Signature;
import org.vexor.tpu.history.Sighting;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.tpu.history.TransactionStory;

/// The transactions that a node is still to be asked about. Any thread.
///
/// Blocks say where a transaction is, but not whether it failed there: one that was seen in a block
/// of ours stays open until the node was asked, or does not answer.
final class OpenSignatures {
  /// How long a node may take to tell of what is in a block already.
  private static final long LATE_ANSWER_NS = 5_000_000_000L;

  private final TransactionHistory history;
  private final Optional<Long> blocksFirstNs;
  private final Map<Signature, Entry> entries = new LinkedHashMap<>();

  private static final class Entry {
    private boolean answered;
    private long answeredNs;
  }

  /// @param blocksFirstNs how long own blocks have the first word after the node told; empty where
  ///   none are received
  OpenSignatures(TransactionHistory history, Optional<Long> blocksFirstNs) {
    this.history = history;
    this.blocksFirstNs = blocksFirstNs;
  }

  synchronized void add(Signature signature) {
    entries.put(signature, new Entry());
  }

  /// The oldest first.
  synchronized List<Signature> toAsk(long nowNs) {
    forget(nowNs);
    return new ArrayList<>(entries.keySet());
  }

  synchronized int count(long nowNs) {
    forget(nowNs);
    return entries.size();
  }

  /// The node told of a transaction.
  ///
  /// @return whether that counts now, to be confirmed by [#settle]; else own blocks may still be
  ///   first
  synchronized boolean isAnsweredBy(Signature signature, long nowNs) {
    Entry entry = entries.get(signature);
    if (entry == null) {
      return true;
    }
    if (!entry.answered) {
      entry.answered = true;
      entry.answeredNs = nowNs;
    }
    return isSeen(signature)
        || blocksFirstNs.isEmpty()
        || nowNs - entry.answeredNs >= blocksFirstNs.get();
  }

  /// What the node told is in the history.
  synchronized void settle(Signature signature) {
    entries.remove(signature);
  }

  private boolean isSeen(Signature signature) {
    return history.find(signature).flatMap(TransactionStory::seen).isPresent();
  }

  private void forget(long nowNs) {
    entries.entrySet().removeIf(open -> isOver(open.getKey(), nowNs));
  }

  private boolean isOver(Signature signature, long nowNs) {
    Optional<TransactionStory> story = history.find(signature);
    if (story.isEmpty()) {
      return true;
    }
    Optional<Sighting> seen = story.get().seen();
    return seen.isPresent()
        ? nowNs - seen.get().atNs() > LATE_ANSWER_NS
        : story.get().stage().isOver();
  }
}
