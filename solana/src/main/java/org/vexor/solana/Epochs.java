package org.vexor.solana;

/// Which epoch a slot belongs to. Slots and epochs are `long`, never negative.
///
/// With warm-up, epoch 0 has [#WARM_UP_FIRST_SLOTS] slots and each next one twice as many until
/// `slotsPerEpoch` is reached (agave sdk epoch-schedule). Mainnet has no warm-up.
///
/// @param slotsPerEpoch slots of an epoch after warm-up; at least [#WARM_UP_FIRST_SLOTS]
/// @param warmUp whether the first epochs are shorter
public record Epochs(long slotsPerEpoch, boolean warmUp) {
  /// Slots of epoch 0 under warm-up.
  public static final int WARM_UP_FIRST_SLOTS = 32;

  /// Consecutive slots that one draw of the leader schedule covers.
  public static final int LEADER_WINDOW_SLOTS = 4;

  /// Mainnet, testnet and devnet today.
  public static final Epochs PUBLIC_CLUSTERS = new Epochs(432_000, false);

  /// @throws IllegalArgumentException when `slotsPerEpoch` is too small
  public Epochs {
    if (slotsPerEpoch < WARM_UP_FIRST_SLOTS || slotsPerEpoch > 1L << 62) {
      throw new IllegalArgumentException(
          "slots per epoch must be " + WARM_UP_FIRST_SLOTS + " to 2^62, got " + slotsPerEpoch);
    }
  }

  /// First slot of the leader window that `slot` lies in, counted from the start of the ledger;
  /// right whenever epochs are a multiple of the window, as they are on every cluster.
  public static long leaderWindowStart(long slot) {
    return slot & -(long) LEADER_WINDOW_SLOTS;
  }

  /// The epoch of `slot`.
  public long epoch(long slot) {
    if (slot < firstNormalSlot()) {
      return 63L - Long.numberOfLeadingZeros(slot + WARM_UP_FIRST_SLOTS) - warmUpShift();
    }
    return (slot - firstNormalSlot()) / slotsPerEpoch + firstNormalEpoch();
  }

  /// How many slots of its epoch come before `slot`.
  public long slotIndex(long slot) {
    return slot - firstSlot(epoch(slot));
  }

  /// The first slot of `epoch`.
  public long firstSlot(long epoch) {
    if (epoch < firstNormalEpoch()) {
      return (long) WARM_UP_FIRST_SLOTS * ((1L << epoch) - 1);
    }
    return (epoch - firstNormalEpoch()) * slotsPerEpoch + firstNormalSlot();
  }

  /// How many slots `epoch` has.
  public long slots(long epoch) {
    return epoch < firstNormalEpoch() ? (long) WARM_UP_FIRST_SLOTS << epoch : slotsPerEpoch;
  }

  private long firstNormalEpoch() {
    return warmUp ? 64L - Long.numberOfLeadingZeros(slotsPerEpoch - 1) - warmUpShift() : 0;
  }

  private long firstNormalSlot() {
    return warmUp ? (1L << (firstNormalEpoch() + warmUpShift())) - WARM_UP_FIRST_SLOTS : 0;
  }

  private static int warmUpShift() {
    return Integer.numberOfTrailingZeros(WARM_UP_FIRST_SLOTS);
  }
}
