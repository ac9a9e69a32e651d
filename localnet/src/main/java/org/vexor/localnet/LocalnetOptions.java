package org.vexor.localnet;

/// What a localnet is to be like. The same options give the same identities, stakes, schedule,
/// transactions and draws of loss.
///
/// @param nodes how many nodes, 2 to [#MAX_NODES]
/// @param slots how many slots to run, 1 to [#MAX_SLOTS]
/// @param slotNs how long a slot takes, in nanoseconds
/// @param transactionsPerSecond transfers sent, 0 to [#MAX_TRANSACTIONS_PER_SECOND]
/// @param loss probability that a shred to one receiver is thrown away, 0 to 1
/// @param seed of everything that is drawn
/// @param hashesPerTick work of one tick; the clusters have some 62,500, of which a machine could
///   make but one leader
/// @param byQuic whether transfers reach the leaders by QUIC, over ports that others can use too;
///   else they appear in the blocks, as a run that is decided by its options needs it
public record LocalnetOptions(
    int nodes,
    long slots,
    long slotNs,
    int transactionsPerSecond,
    double loss,
    long seed,
    int hashesPerTick,
    boolean byQuic) {
  /// Each sends to all others from one thread.
  public static final int MAX_NODES = 50;

  /// The leader schedule covers one epoch of the public clusters: two days.
  public static final long MAX_SLOTS = 431_999;

  /// One thread signs and sends them all.
  public static final int MAX_TRANSACTIONS_PER_SECOND = 10_000;

  /// Five nodes, slots of 400 ms until the schedule ends, 200 transfers a second, no loss.
  public static final LocalnetOptions DEFAULT =
      new LocalnetOptions(5, MAX_SLOTS, 400_000_000L, 200, 0, 1, 64, false);

  /// Refuses what cannot run, naming the range.
  public LocalnetOptions {
    require("nodes", nodes, 2, MAX_NODES);
    require("slots", slots, 1, MAX_SLOTS);
    require("slotNs", slotNs, 10_000_000L, 60_000_000_000L);
    require("transactionsPerSecond", transactionsPerSecond, 0, MAX_TRANSACTIONS_PER_SECOND);
    require("hashesPerTick", hashesPerTick, 2, 1_000_000);
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("loss must be 0 to 1, got " + loss);
    }
  }

  private static void require(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " must be " + least + " to " + most + ", got " + value);
    }
  }

  public LocalnetOptions withNodes(int count) {
    return new LocalnetOptions(
        count, slots, slotNs, transactionsPerSecond, loss, seed, hashesPerTick, byQuic);
  }

  public LocalnetOptions withSlots(long count) {
    return new LocalnetOptions(
        nodes, count, slotNs, transactionsPerSecond, loss, seed, hashesPerTick, byQuic);
  }

  public LocalnetOptions withSlotNs(long nanoseconds) {
    return new LocalnetOptions(
        nodes, slots, nanoseconds, transactionsPerSecond, loss, seed, hashesPerTick, byQuic);
  }

  public LocalnetOptions withTransactionsPerSecond(int rate) {
    return new LocalnetOptions(nodes, slots, slotNs, rate, loss, seed, hashesPerTick, byQuic);
  }

  public LocalnetOptions withLoss(double probability) {
    return new LocalnetOptions(
        nodes, slots, slotNs, transactionsPerSecond, probability, seed, hashesPerTick, byQuic);
  }

  public LocalnetOptions withSeed(long value) {
    return new LocalnetOptions(
        nodes, slots, slotNs, transactionsPerSecond, loss, value, hashesPerTick, byQuic);
  }

  public LocalnetOptions withQuic() {
    return new LocalnetOptions(
        nodes, slots, slotNs, transactionsPerSecond, loss, seed, hashesPerTick, true);
  }
}
