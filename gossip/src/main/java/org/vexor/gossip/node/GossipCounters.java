package org.vexor.gossip.node;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.vexor.gossip.crds.GossipRefusal;
import org.vexor.gossip.table.InsertOutcome;

/// Counts by name. One writer, the node; any thread reads.
public final class GossipCounters {
  private static final GossipCount[] COUNTS = GossipCount.values();

  private final AtomicLongArray counts = new AtomicLongArray(COUNTS.length);
  private final AtomicLongArray refusals = new AtomicLongArray(GossipRefusal.values().length);
  private final AtomicLongArray outcomes = new AtomicLongArray(InsertOutcome.values().length);

  GossipCounters() {}

  void add(GossipCount count, long number) {
    add(counts, count.ordinal(), number);
  }

  void count(GossipCount count) {
    add(count, 1);
  }

  void refused(GossipRefusal why) {
    add(refusals, why.ordinal(), 1);
    count(GossipCount.UNREADABLE);
  }

  void outcome(InsertOutcome outcome) {
    add(outcomes, outcome.ordinal(), 1);
    count(
        switch (outcome) {
          case INSERTED -> GossipCount.VALUES_INSERTED;
          case REPLACED -> GossipCount.VALUES_REPLACED;
          case DUPLICATE -> GossipCount.VALUES_DUPLICATE;
          case OUTDATED -> GossipCount.VALUES_OUTDATED;
          case DUPLICATE_INSTANCE -> GossipCount.DUPLICATE_INSTANCES;
          case UNREACHABLE,
              OWN_LABEL,
              KIND_REMOVED,
              OWNER_UNSTAKED,
              SHRED_VERSION,
              WALLCLOCK,
              EXPIRED,
              IPV6 ->
              GossipCount.VALUES_REFUSED;
        });
  }

  private static void add(AtomicLongArray array, int index, long number) {
    array.setRelease(index, array.getPlain(index) + number); // one writer
  }

  /// One count.
  public long get(GossipCount count) {
    return counts.getAcquire(count.ordinal());
  }

  /// How many datagrams were refused for a reason.
  public long get(GossipRefusal why) {
    return refusals.getAcquire(why.ordinal());
  }

  /// How many values came to an end in the table.
  public long get(InsertOutcome outcome) {
    return outcomes.getAcquire(outcome.ordinal());
  }

  /// All counts above zero, by name; refusals and outcomes with a prefix.
  public Map<String, Long> all() {
    var all = new LinkedHashMap<String, Long>();
    for (GossipCount count : COUNTS) {
      put(all, count.text(), get(count));
    }
    for (GossipRefusal why : GossipRefusal.values()) {
      put(all, "unreadable_" + why.name().toLowerCase(java.util.Locale.ROOT), get(why));
    }
    for (InsertOutcome outcome : InsertOutcome.values()) {
      put(all, "value_" + outcome.name().toLowerCase(java.util.Locale.ROOT), get(outcome));
    }
    return all;
  }

  private static void put(Map<String, Long> all, String name, long count) {
    if (count != 0) {
      all.put(name, count);
    }
  }
}
