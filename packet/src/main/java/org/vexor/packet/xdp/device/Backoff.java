package org.vexor.packet.xdp.device;

/// When to try again what failed: soon at first, then ever later. Control thread only.
final class Backoff {
  private static final long FIRST_NS = 50_000_000L;
  private static final long LAST_NS = 5_000_000_000L;

  /// What lasted so long was a success; the next failure has nothing to do with the last.
  private static final long LASTING_NS = 30_000_000_000L;

  private long delayNs = FIRST_NS;
  private long dueNs = System.nanoTime();

  boolean isDue() {
    return System.nanoTime() - dueNs >= 0;
  }

  /// It failed, or was lost soon after.
  void failed() {
    long now = System.nanoTime();
    delayNs = now - dueNs > LASTING_NS ? FIRST_NS : Math.min(2 * delayNs, LAST_NS);
    dueNs = now + delayNs;
  }

  /// Not before so long from now.
  void hold(long holdNs) {
    long earliest = System.nanoTime() + holdNs;
    if (earliest - dueNs > 0) {
      dueNs = earliest;
    }
  }

  long untilDueNs() {
    return Math.max(0, dueNs - System.nanoTime());
  }
}
