package org.vexor.turbine.verify;

import org.vexor.solana.Pubkey;

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
}
