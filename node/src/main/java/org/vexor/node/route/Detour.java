package org.vexor.node.route;

import java.util.concurrent.TimeUnit;

/// Whether the datagrams of a port go straight or through the tunnel, judged by whether anything
/// comes back from those that were sent to straight. The port's thread; bounded, allocates nothing.
///
/// What a peer sends unasked looks like an answer, so a wall that lets that in and ours not out is
/// taken for open now and then; each such mistake keeps the port in the tunnel for longer.
final class Detour {
  /// Without an answer for so long, though at least so many were asked, the straight way is shut.
  private static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(3);

  private static final int LEAST_ASKED = 5;

  /// How often the straight way is tried beside the tunnel.
  private static final long PROBE_NS = TimeUnit.SECONDS.toNanos(1);

  /// A straight way that was shut again within so long was no better.
  private static final long TRUSTED_NS = TimeUnit.MINUTES.toNanos(1);

  private static final long FIRST_HOLD_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_HOLD_NS = TimeUnit.MINUTES.toNanos(5);

  /// Peers that are remembered as asked, a power of two.
  private static final int REMEMBERED = 256;

  private static final long HASH = 0x9e3779b97f4a7c15L;

  private final boolean only;
  private final long[] asked = new long[REMEMBERED];
  private int nextAsked;
  private int unanswered;
  private long unansweredSinceNs;
  private boolean tunnel;
  private boolean answered;
  private long probedNs;
  private boolean returned;
  private long returnedNs;
  private long holdNs;
  private long heldUntilNs;

  /// What [#judge] found.
  enum Turn {
    NONE,
    TO_TUNNEL,
    TO_DIRECT,
    PROXY_LOST
  }

  /// @param only whether nothing may go straight, ever
  Detour(boolean only) {
    this.only = only;
    this.tunnel = only;
  }

  boolean isTunnel() {
    return tunnel;
  }

  /// Whether a datagram that goes through the tunnel is to go straight as well, to see.
  boolean takeProbe(long nowNs) {
    boolean due = !only && tunnel && nowNs - probedNs >= PROBE_NS;
    if (due) {
      probedNs = nowNs;
    }
    return due;
  }

  /// A datagram went straight.
  void sent(long high, long low, int port, long nowNs) {
    asked[nextAsked] = key(high, low, port);
    nextAsked = (nextAsked + 1) & (REMEMBERED - 1);
    if (unanswered == 0) {
      unansweredSinceNs = nowNs;
    }
    unanswered++;
  }

  /// A datagram came straight.
  void received(long high, long low, int port) {
    if (unanswered == 0) {
      return;
    }
    long key = key(high, low, port);
    for (long each : asked) {
      if (each == key) {
        unanswered = 0;
        answered = true;
        return;
      }
    }
  }

  /// What is to change now, and has changed with this call.
  ///
  /// @param usable whether the tunnel can be used
  Turn judge(long nowNs, boolean usable) {
    if (only) {
      return Turn.NONE;
    }
    boolean isFree = answered && (holdNs == 0 || nowNs - heldUntilNs >= 0);
    answered = false;
    if (tunnel && (isFree || !usable)) {
      tunnel = false;
      unanswered = 0;
      returned = isFree;
      returnedNs = nowNs;
      return isFree ? Turn.TO_DIRECT : Turn.PROXY_LOST;
    }
    boolean isShut = unanswered >= LEAST_ASKED && nowNs - unansweredSinceNs >= SILENCE_NS;
    if (!tunnel && usable && isShut) {
      tunnel = true;
      probedNs = nowNs;
      hold(nowNs);
      return Turn.TO_TUNNEL;
    }
    return Turn.NONE;
  }

  private void hold(long nowNs) {
    boolean wasMistaken = returned && nowNs - returnedNs < TRUSTED_NS;
    holdNs = wasMistaken ? Math.clamp(2 * holdNs, FIRST_HOLD_NS, LONGEST_HOLD_NS) : 0;
    heldUntilNs = nowNs + holdNs;
  }

  private static long key(long high, long low, int port) {
    return (high * HASH ^ low) * HASH ^ port;
  }
}
