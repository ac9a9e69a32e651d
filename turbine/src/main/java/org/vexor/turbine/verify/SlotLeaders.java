package org.vexor.turbine.verify;

import java.util.Optional;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderSchedule;

/// Who leads a slot.
@FunctionalInterface
public interface SlotLeaders {
  /// Writes the 32 bytes of the public key of the slot's leader to the start of `target`.
  ///
  /// @return false when the leader is not known; `target` means nothing then
  boolean leader(long slot, byte[] target);

  /// One leader for every slot.
  static SlotLeaders always(Pubkey leader) {
    return (slot, target) -> {
      leader.copyTo(target, 0);
      return true;
    };
  }

  /// The leaders of a schedule; of slots that it does not name none is known.
  static SlotLeaders of(LeaderSchedule schedule) {
    return (slot, target) -> {
      Optional<Pubkey> leader = schedule.leader(slot);
      leader.ifPresent(key -> key.copyTo(target, 0));
      return leader.isPresent();
    };
  }
}
