package org.vexor.netty;

/// What an event loop does when neither its engine nor its tasks have work.
public enum IdleMode {
  /// Sleeps in the engine until a datagram, a task or a timer is there. Costs a wake-up of the
  /// thread, some tens of microseconds, on the first datagram after a pause.
  BLOCK,
  /// Looks again at once and keeps a core busy: no wake-up, the lowest latency.
  BUSY_POLL
}
