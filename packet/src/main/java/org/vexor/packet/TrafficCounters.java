package org.vexor.packet;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;

/// Counts of datagrams moved and dropped. One writer, the owner of the port or engine; readers on
/// any thread see each count whole, and never going back.
public final class TrafficCounters {
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final DropReason[] REASONS = DropReason.values();
  private static final int RECEIVED = 0;
  private static final int RECEIVED_BYTES = 1;
  private static final int SENT = 2;
  private static final int SENT_BYTES = 3;
  private static final int REFUSED = 4;
  private static final int DROPS = 5;

  private final long[] counts = new long[DROPS + REASONS.length];
  private final TrafficCounters[] parents;

  /// @param parents counters that take the same counts, of the same owner
  public TrafficCounters(TrafficCounters... parents) {
    this.parents = parents.clone();
  }

  public void received(int bytes) {
    add(RECEIVED, 1);
    add(RECEIVED_BYTES, bytes);
  }

  /// Several at once, of so many bytes together.
  public void received(long datagrams, long bytes) {
    add(RECEIVED, datagrams);
    add(RECEIVED_BYTES, bytes);
  }

  public void sent(int bytes) {
    add(SENT, 1);
    add(SENT_BYTES, bytes);
  }

  /// Several at once, of so many bytes together.
  public void sent(long datagrams, long bytes) {
    add(SENT, datagrams);
    add(SENT_BYTES, bytes);
  }

  public void dropped(DropReason reason, long datagrams) {
    add(DROPS + reason.ordinal(), datagrams);
  }

  /// A reservation found no room.
  public void refused() {
    add(REFUSED, 1);
  }

  public long received() {
    return get(RECEIVED);
  }

  public long receivedBytes() {
    return get(RECEIVED_BYTES);
  }

  public long sent() {
    return get(SENT);
  }

  public long sentBytes() {
    return get(SENT_BYTES);
  }

  /// Reservations that found no room; not a loss.
  public long refusals() {
    return get(REFUSED);
  }

  public long dropped(DropReason reason) {
    return get(DROPS + reason.ordinal());
  }

  /// Datagrams dropped for any reason.
  public long droppedInAll() {
    long sum = 0;
    for (DropReason reason : REASONS) {
      sum += dropped(reason);
    }
    return sum;
  }

  /// All reasons with a count above zero.
  public Map<DropReason, Long> drops() {
    var drops = new EnumMap<DropReason, Long>(DropReason.class);
    for (DropReason reason : REASONS) {
      long count = dropped(reason);
      if (count > 0) {
        drops.put(reason, count);
      }
    }
    return drops;
  }

  private void add(int index, long amount) {
    COUNT.setRelease(counts, index, counts[index] + amount);
    for (TrafficCounters parent : parents) {
      parent.add(index, amount);
    }
  }

  private long get(int index) {
    return (long) COUNT.getAcquire(counts, index);
  }
}
