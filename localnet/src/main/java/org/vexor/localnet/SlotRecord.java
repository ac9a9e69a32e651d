package org.vexor.localnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.turbine.block.BlockSummary;

/// What is known of one slot so far, in whatever order it became known. One thread.
final class SlotRecord {
  private final long slot;
  private final List<Optional<BlockSummary>> blocks = new ArrayList<>();
  private Optional<SlotEvent.Produced> produced = Optional.empty();
  private Optional<SlotEvent.Skipped> skipped = Optional.empty();
  private int completed;
  private int recovered;
  private long lastNs = Long.MIN_VALUE;

  SlotRecord(long slot, int nodes) {
    this.slot = slot;
    for (int node = 0; node < nodes; node++) {
      blocks.add(Optional.empty());
    }
  }

  void take(SlotEvent event) {
    switch (event) {
      case SlotEvent.Produced made -> produced = Optional.of(made);
      case SlotEvent.Skipped passed -> skipped = Optional.of(passed);
      case SlotEvent.Completed there -> {
        blocks.set(there.node(), Optional.of(there.block()));
        completed++;
        recovered += there.block().recovered();
        lastNs = Math.max(lastNs, there.atNs());
      }
      case SlotEvent.Abandoned gone -> recovered += gone.partial().recovered();
    }
  }

  long slot() {
    return slot;
  }

  int leader() {
    return produced
        .map(SlotEvent.Produced::leader)
        .or(() -> skipped.map(SlotEvent.Skipped::leader))
        .orElseThrow(() -> new IllegalStateException("slot " + slot + " is not known yet"));
  }

  OptionalLong skippedByNs() {
    return skipped.isPresent() ? OptionalLong.of(skipped.get().lateNs()) : OptionalLong.empty();
  }

  /// Whether the leader has said what it did.
  boolean isKnown() {
    return produced.isPresent() || skipped.isPresent();
  }

  /// Whether it can be reported: nothing more is to come, or it took too long.
  boolean isDecided(long nowNs, long patienceNs) {
    return skipped.isPresent()
        || (produced.isPresent()
            && (completed == blocks.size() - 1
                || nowNs - produced.get().lastSentNs() > patienceNs));
  }

  int transactions() {
    return made().block().transactions();
  }

  int votes() {
    return made().block().votes();
  }

  /// Whether a node has the block as it was made; its leader does.
  boolean hasOn(int node) {
    return node == leader() || blocks.get(node).filter(made().block()::isSameAs).isPresent();
  }

  private SlotEvent.Produced made() {
    return produced.orElseThrow(
        () -> new IllegalStateException("slot " + slot + " was not made, or not yet"));
  }

  SlotReport report() {
    SlotEvent.Produced made = made();
    List<Integer> missing = new ArrayList<>();
    List<Integer> different = new ArrayList<>();
    for (int node = 0; node < blocks.size(); node++) {
      if (!hasOn(node)) {
        (blocks.get(node).isPresent() ? different : missing).add(node);
      }
    }
    return new SlotReport(
        slot,
        made.leader(),
        made.block().shreds(),
        recovered,
        made.block().transactions(),
        blocks.size() - missing.size(),
        blocks.size(),
        completed == 0 ? 0 : lastNs - made.firstSentNs(),
        List.copyOf(missing),
        List.copyOf(different));
  }
}
