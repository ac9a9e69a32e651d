package org.vexor.quic;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What became of the connections of an endpoint. Any thread.
public final class EndpointCounters {
  private final LongAdder started = new LongAdder();
  private final LongAdder established = new LongAdder();
  private final Map<CloseReason.Kind, LongAdder> ended = new EnumMap<>(CloseReason.Kind.class);

  EndpointCounters() {
    for (CloseReason.Kind kind : CloseReason.Kind.values()) {
      ended.put(kind, new LongAdder());
    }
  }

  void addStarted() {
    started.increment();
  }

  void addEstablished() {
    established.increment();
  }

  @SuppressWarnings("NullAway") // every kind has its adder from the start
  void addEnded(CloseReason.Kind kind) {
    ended.get(kind).increment();
  }

  /// Handshakes begun.
  public long started() {
    return started.sum();
  }

  /// Handshakes done.
  public long established() {
    return established.sum();
  }

  /// Connections and handshakes that ended, by how.
  @SuppressWarnings("NullAway") // every kind has its adder from the start
  public long ended(CloseReason.Kind kind) {
    return ended.get(kind).sum();
  }

  /// Connections and handshakes under way: what started and has not ended.
  public long open() {
    long gone = 0;
    for (CloseReason.Kind kind : CloseReason.Kind.values()) {
      gone += ended(kind);
    }
    return started() - gone;
  }
}
