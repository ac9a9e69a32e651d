package org.vexor.localnet;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;
import org.agrona.collections.LongArrayList;

/// Puts together what the leader and the receivers tell, and reports slot by slot. Events come from
/// any thread through [#accept]; one thread does the rest.
final class SlotLedger {
  /// How long a slot may hold up the reports of those behind it.
  private static final long PATIENCE_NS = 2_000_000_000L;

  private final int nodes;
  private final LongSupplier clockNs;
  private final LocalnetListener listener;
  private final Queue<SlotEvent> inbox = new ConcurrentLinkedQueue<>();
  private final TreeMap<Long, SlotRecord> open = new TreeMap<>();
  private final Map<Long, SlotRecord> incomplete = new TreeMap<>();
  private final long[] found;
  private final LongArrayList completeNs = new LongArrayList();
  private long made;
  private long skipped;
  private long good;
  private long recovered;
  private long transactions;
  private long votes;

  SlotLedger(int nodes, LongSupplier clockNs, LocalnetListener listener) {
    this.nodes = nodes;
    this.clockNs = clockNs;
    this.listener = listener;
    found = new long[nodes];
  }

  /// Any thread.
  void accept(SlotEvent event) {
    inbox.add(event);
  }

  /// Takes what was told and reports what is decided.
  ///
  /// @return events taken
  int doWork() {
    int work = 0;
    for (SlotEvent event = inbox.poll(); event != null; event = inbox.poll()) {
      take(event);
      work++;
    }
    long nowNs = clockNs.getAsLong();
    while (!open.isEmpty() && open.firstEntry().getValue().isDecided(nowNs, PATIENCE_NS)) {
      report(open.pollFirstEntry().getValue());
    }
    return work;
  }

  private void take(SlotEvent event) {
    SlotRecord late = incomplete.get(event.slot());
    SlotRecord slot =
        late != null ? late : open.computeIfAbsent(event.slot(), s -> new SlotRecord(s, nodes));
    slot.take(event);
  }

  private void report(SlotRecord slot) {
    OptionalLong lateNs = slot.skippedByNs();
    if (lateNs.isPresent()) {
      skipped++;
      listener.skipped(slot.slot(), slot.leader(), lateNs.getAsLong());
      return;
    }
    made++;
    transactions += slot.transactions();
    votes += slot.votes();
    SlotReport report = slot.report();
    if (report.isGood()) {
      settle(slot, report);
    } else {
      incomplete.put(slot.slot(), slot);
    }
    listener.slot(report);
  }

  private void settle(SlotRecord slot, SlotReport report) {
    recovered += report.recovered();
    for (int node = 0; node < nodes; node++) {
      if (slot.hasOn(node)) {
        found[node] += slot.transactions();
      }
    }
    if (report.isGood()) {
      good++;
      completeNs.addLong(report.completeNs());
    }
  }

  /// Whether every slot heard of is complete everywhere.
  boolean isSettled() {
    return inbox.isEmpty()
        && open.isEmpty()
        && incomplete.values().stream().allMatch(slot -> slot.report().isGood());
  }

  /// Reports what is left, and sums up.
  LocalnetSummary finish(ShredAccount shreds, Optional<ClientAccount> client) {
    doWork();
    while (!open.isEmpty()) {
      SlotRecord slot = open.pollFirstEntry().getValue();
      if (slot.isKnown()) {
        report(slot);
      }
    }
    List<SlotReport> bad = new ArrayList<>();
    for (SlotRecord slot : incomplete.values()) {
      SlotReport report = slot.report();
      settle(slot, report);
      if (!report.isGood()) {
        bad.add(report);
      }
    }
    incomplete.clear();
    List<Long> onNodes = new ArrayList<>();
    for (long count : found) {
      onNodes.add(count);
    }
    long[] sorted = completeNs.toLongArray();
    Arrays.sort(sorted);
    return new LocalnetSummary(
        nodes,
        made,
        skipped,
        good,
        bad,
        recovered,
        transactions,
        votes,
        onNodes,
        sorted.length == 0 ? 0 : sorted[sorted.length / 2],
        sorted.length == 0 ? 0 : sorted[sorted.length - 1],
        shreds,
        client);
  }
}
