package org.vexor.masque.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.EnumMap;
import java.util.Map;

/// UDP payloads that a tunnel moved and dropped. Written on one event loop; read on any thread,
/// each count whole and never going back.
public final class FlowCounters {
  private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final FlowDrop[] DROPS = FlowDrop.values();
  private static final int SENT = 0;
  private static final int SENT_BYTES = 1;
  private static final int RECEIVED = 2;
  private static final int RECEIVED_BYTES = 3;
  private static final int CAPSULES_SENT = 4;
  private static final int FIRST_DROP = 5;

  private final long[] counts = new long[FIRST_DROP + DROPS.length];
  private final FlowCounters[] parents;

  /// @param parents that take the same counts, on the same event loop
  public FlowCounters(FlowCounters... parents) {
    this.parents = parents.clone();
  }

  void sent(int bytes, boolean capsule) {
    add(SENT, 1);
    add(SENT_BYTES, bytes);
    if (capsule) {
      add(CAPSULES_SENT, 1);
    }
  }

  void received(int bytes) {
    add(RECEIVED, 1);
    add(RECEIVED_BYTES, bytes);
  }

  /// One payload more was lost. On the event loop.
  public void dropped(FlowDrop reason) {
    add(FIRST_DROP + reason.ordinal(), 1);
  }

  /// Payloads handed to QUIC or to the stream.
  public long sent() {
    return get(SENT);
  }

  public long sentBytes() {
    return get(SENT_BYTES);
  }

  /// Those of [#sent] that went as capsules.
  public long capsulesSent() {
    return get(CAPSULES_SENT);
  }

  /// Payloads handed to the tunnel's user.
  public long received() {
    return get(RECEIVED);
  }

  public long receivedBytes() {
    return get(RECEIVED_BYTES);
  }

  /// Payloads lost for this reason.
  public long total(FlowDrop reason) {
    return get(FIRST_DROP + reason.ordinal());
  }

  /// All reasons with a count above zero.
  public Map<FlowDrop, Long> drops() {
    var drops = new EnumMap<FlowDrop, Long>(FlowDrop.class);
    for (FlowDrop reason : DROPS) {
      long count = total(reason);
      if (count > 0) {
        drops.put(reason, count);
      }
    }
    return drops;
  }

  private void add(int index, long amount) {
    COUNT.setRelease(counts, index, counts[index] + amount);
    for (FlowCounters parent : parents) {
      parent.add(index, amount);
    }
  }

  private long get(int index) {
    return (long) COUNT.getAcquire(counts, index);
  }
}
