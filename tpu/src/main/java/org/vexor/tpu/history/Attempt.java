package org.vexor.tpu.history;

import java.util.Optional;
import java.util.OptionalLong;
import org.vexor.tpu.send.TpuTarget;

/// One way to one leader.
///
/// @param slot that it was when it was queued; negative where it was not known
/// @param lost why it came to nothing, in words
public record Attempt(
    TpuTarget target,
    long slot,
    long queuedNs,
    OptionalLong sentNs,
    OptionalLong acknowledgedNs,
    Optional<String> lost) {
  static Attempt queued(TpuTarget target, long slot, long nowNs) {
    return new Attempt(
        target, slot, nowNs, OptionalLong.empty(), OptionalLong.empty(), Optional.empty());
  }

  Attempt sent(long nowNs) {
    return new Attempt(target, slot, queuedNs, OptionalLong.of(nowNs), acknowledgedNs, lost);
  }

  Attempt acknowledged(long nowNs) {
    return new Attempt(target, slot, queuedNs, sentNs, OptionalLong.of(nowNs), lost);
  }

  Attempt lost(String why) {
    return new Attempt(target, slot, queuedNs, sentNs, acknowledgedNs, Optional.of(why));
  }

  boolean isOpen() {
    return acknowledgedNs.isEmpty() && lost.isEmpty();
  }
}
