package org.vexor.turbine.block;

import java.util.Arrays;
import java.util.Optional;
import org.vexor.solana.Hash;
import org.vexor.turbine.fec.ShredFate;

/// What became of the slots that are done with, for shreds that come late and blocks that build on
/// them. Remembers one slot of each residue; of an older one it knows only that it is too old.
final class ClosedSlots {
  /// More than half an hour of slots, and far more than are in flight.
  private static final int REMEMBERED = 4_096;

  private final long[] slots = new long[REMEMBERED];
  private final boolean[] finished = new boolean[REMEMBERED];
  private final boolean[] hashed = new boolean[REMEMBERED];
  private final byte[] lastHashes = new byte[REMEMBERED * Hash.LENGTH];

  ClosedSlots() {
    Arrays.fill(slots, -1);
  }

  void close(long slot, boolean isFinished, Optional<Hash> lastHash) {
    int at = at(slot);
    slots[at] = slot;
    finished[at] = isFinished;
    hashed[at] = isFinished && lastHash.isPresent();
    if (hashed[at]) {
      lastHash.get().copyTo(lastHashes, at * Hash.LENGTH);
    }
  }

  /// Why a shred of the slot is too late; [ShredFate#KEPT] if it is not.
  ShredFate judge(long slot) {
    int at = at(slot);
    if (slots[at] == slot) {
      return finished[at] ? ShredFate.SLOT_FINISHED : ShredFate.SLOT_ABANDONED;
    }
    return slots[at] > slot ? ShredFate.SLOT_TOO_OLD : ShredFate.KEPT;
  }

  /// Hash of the last entry of a finished slot.
  Optional<Hash> lastHash(long slot) {
    int at = at(slot);
    return slots[at] == slot && hashed[at]
        ? Optional.of(Hash.of(lastHashes, at * Hash.LENGTH))
        : Optional.empty();
  }

  private static int at(long slot) {
    return (int) (slot & (REMEMBERED - 1));
  }
}
