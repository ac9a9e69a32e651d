package org.vexor.netty;

/// What an event loop does when neither its engine nor its tasks have work.
public enum IdleMode {
  /// Sleeps in the engine until a datagram, a task or a timer is there. Costs a wake-up of the
  /// thread, some tens of microseconds, on the first datagram after a pause.
  BLOCK,
  /// Sleeps likewise, and also after a turn that moved several datagrams but not all it could, for
  /// as short as the system's timers allow (some 50 µs): then the next turn finds several again,
  /// instead of the first one of them. Costs nobody anything who sends one at a time, and all
  /// others less than a turn would have.
  MODERATE,
  /// Looks again at once and keeps a core busy: no wake-up, the lowest latency.
  BUSY_POLL
}
