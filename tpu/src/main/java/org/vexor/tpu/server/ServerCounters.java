package org.vexor.tpu.server;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// How often what happened at a server. Any thread.
public final class ServerCounters {
  private final Map<ServerEvent, LongAdder> counts = new EnumMap<>(ServerEvent.class);
  private final LongAdder bytes = new LongAdder();

  ServerCounters() {
    for (ServerEvent event : ServerEvent.values()) {
      counts.put(event, new LongAdder());
    }
  }

  @SuppressWarnings("NullAway") // every event has its adder from the start
  void add(ServerEvent event) {
    counts.get(event).increment();
  }

  void addReceived(int length) {
    add(ServerEvent.RECEIVED);
    bytes.add(length);
  }

  @SuppressWarnings("NullAway") // every event has its adder from the start
  public long count(ServerEvent event) {
    return counts.get(event).sum();
  }

  /// Bytes of the transactions received.
  public long bytes() {
    return bytes.sum();
  }
}
