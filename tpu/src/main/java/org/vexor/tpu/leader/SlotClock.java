package org.vexor.tpu.leader;

import java.util.Optional;
import org.vexor.tpu.leader.SlotEstimate.Basis;

/// Tells which slot it is from own shreds, from RPC, or from both, and goes on by time when they
/// fall silent.
///
/// Own shreds win over RPC as long as they come, since a node that is asked tells what it has
/// replayed. Any thread; a short lock. Whoever receives shreds calls [#observe] for a slot's first
/// shred, not for each.
public final class SlotClock {
  /// As long as the public clusters' slots.
  public static final long DEFAULT_SLOT_NS = 400_000_000L;

  /// A source without a new slot for so long is silent: two windows whose leaders are down.
  private static final long SILENT_SLOTS = 8;

  /// A shred is under way and verified within one slot.
  private static final long SHREDS_MARGIN = 1;

  /// A node that is asked has replayed what it tells: usually one slot behind, at times two.
  private static final long RPC_MARGIN = 2;

  /// Coasting, how much of the time passed may be wrong.
  private static final long DRIFT_PART = 20;

  /// No wider than this: who sends to more leaders than these may as well not know the slot.
  private static final long MOST_UNCERTAINTY = 64;

  private final SlotTrack shreds;
  private final SlotTrack rpc;

  /// A clock that does not know yet.
  ///
  /// @param assumedSlotNs length of a slot until it is measured
  public SlotClock(long assumedSlotNs) {
    shreds = new SlotTrack(new SlotPace(assumedSlotNs));
    rpc = new SlotTrack(new SlotPace(assumedSlotNs));
  }

  /// A source says that `slot` has begun.
  ///
  /// @return true when this set the estimate to another course, not merely on: the first word, or a
  ///   correction
  public synchronized boolean observe(SlotSource source, long slot, long nowNs) {
    return track(source).observe(slot, nowNs) == SlotTrack.Change.SET;
  }

  /// Which slot it is; empty before the first word of any source.
  public synchronized Optional<SlotEstimate> estimate(long nowNs) {
    boolean shredsLive = isLive(shreds, nowNs);
    boolean rpcLive = isLive(rpc, nowNs);
    if (shredsLive) {
      SlotEstimate alone = estimate(shreds, SHREDS_MARGIN, Basis.SHREDS, nowNs);
      return Optional.of(rpcLive ? widened(alone, rpc.slotAt(nowNs)) : alone);
    }
    if (rpcLive) {
      return Optional.of(estimate(rpc, RPC_MARGIN, Basis.RPC, nowNs));
    }
    SlotTrack last = shreds;
    if (!shreds.isKnown() || (rpc.isKnown() && rpc.ageNs(nowNs) < shreds.ageNs(nowNs))) {
      last = rpc;
    }
    return last.isKnown() ? Optional.of(coasting(last, nowNs)) : Optional.empty();
  }

  /// Nanoseconds of a slot, as measured by the source that counts now.
  public synchronized long slotNs(long nowNs) {
    return (isLive(shreds, nowNs) || !rpc.isKnown() ? shreds : rpc).slotNs();
  }

  private SlotTrack track(SlotSource source) {
    return switch (source) {
      case SHREDS -> shreds;
      case RPC -> rpc;
    };
  }

  private static boolean isLive(SlotTrack track, long nowNs) {
    return track.isKnown() && track.ageNs(nowNs) <= SILENT_SLOTS * track.slotNs();
  }

  private static SlotEstimate estimate(SlotTrack track, long margin, Basis basis, long nowNs) {
    long slot = track.slotAt(nowNs);
    return new SlotEstimate(slot, track.slot(), slot + margin, basis, track.ageNs(nowNs));
  }

  /// Both may be wrong.
  private static SlotEstimate widened(SlotEstimate estimate, long other) {
    long slot = estimate.slot();
    return new SlotEstimate(
        slot,
        Math.max(slot - MOST_UNCERTAINTY, Math.min(estimate.earliest(), other)),
        Math.min(slot + MOST_UNCERTAINTY, Math.max(estimate.latest(), other)),
        estimate.basis(),
        estimate.ageNs());
  }

  private static SlotEstimate coasting(SlotTrack track, long nowNs) {
    long slot = track.slotAt(nowNs);
    long drift = (slot - track.slot()) / DRIFT_PART;
    long margin = Math.min(MOST_UNCERTAINTY, RPC_MARGIN + drift);
    return new SlotEstimate(slot, slot - margin, slot + margin, Basis.COASTING, track.ageNs(nowNs));
  }
}
