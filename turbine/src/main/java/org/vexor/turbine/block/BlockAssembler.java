package org.vexor.turbine.block;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2ObjectHashMap;
import org.vexor.solana.Hash;
import org.vexor.turbine.block.BlockListener.AbandonReason;
import org.vexor.turbine.fec.FecSets;
import org.vexor.turbine.fec.ShredFate;
import org.vexor.turbine.fec.ShredSink;
import org.vexor.turbine.shred.ShredView;

/// Assembles the blocks of all slots in flight. One thread calls everything but [#count],
/// [#finishedBlocks] and [#abandonedSlots], which any may.
///
/// A shred is offered parsed, with the Merkle root computed from it, and verified if there is a
/// leader's key to verify it by; it is copied at most once. Nothing is allocated per shred; slots
/// and summaries are. When places or memory run out the lowest slot is given up, since the chain
/// moves on; the memory held exceeds the bound by less than one set, and not after the call.
public final class BlockAssembler {
  /// How often old slots are looked for, as a part of their longest age.
  private static final int EXPIRY_PARTS = 16;

  private final AssemblerOptions options;
  private final LongSupplier clockNs;
  private final BlockListener listener;
  private final FecSets sets;
  private final Summarizer summarizer;
  private final ClosedSlots closed = new ClosedSlots();
  private final Long2ObjectHashMap<SlotAssembler> slots = new Long2ObjectHashMap<>();

  /// By fate, then finished and abandoned slots. Written by the owner with release, read by others
  /// with acquire.
  private final AtomicLongArray counts = new AtomicLongArray(ShredFate.values().length + 2);

  private static final int FINISHED = ShredFate.values().length;
  private static final int ABANDONED = FINISHED + 1;
  private long nextExpiryNs;

  /// An assembler without slots.
  ///
  /// @param clockNs monotonic nanoseconds, as `System::nanoTime`
  /// @param listener hears of each slot once, during a call of this class; must not call back
  /// @param recovered takes each rebuilt shred
  public BlockAssembler(
      AssemblerOptions options, LongSupplier clockNs, BlockListener listener, ShredSink recovered) {
    this.options = options;
    this.clockNs = clockNs;
    this.listener = listener;
    sets = new FecSets(options.geometry(), options.codeRebuild(), recovered);
    summarizer = new Summarizer(options.checks());
    nextExpiryNs = clockNs.getAsLong();
  }

  /// Takes one shred.
  ///
  /// @param shred parsed; its bytes are lent until this returns
  /// @param root the Merkle root computed from the shred, 32 bytes at `rootOffset`; not read for a
  ///   legacy shred
  /// @return its fate, counted already
  public ShredFate offer(ShredView shred, byte[] root, int rootOffset) {
    ShredFate fate = decide(shred, root, rootOffset);
    increment(fate.ordinal());
    return fate;
  }

  private ShredFate decide(ShredView shred, byte[] root, int rootOffset) {
    SlotAssembler slot = slots.get(shred.slot());
    if (slot == null) {
      return decideNew(shred, root, rootOffset);
    }
    ShredFate fate = slot.offer(shred, root, rootOffset);
    if (fate == ShredFate.KEPT) {
      advance(slot);
    }
    return fate;
  }

  private ShredFate decideNew(ShredView shred, byte[] root, int rootOffset) {
    ShredFate late = closed.judge(shred.slot());
    if (late != ShredFate.KEPT) {
      return late;
    }
    boolean isFull = slots.size() >= options.maxSlots();
    if (isFull && shred.slot() < lowest().slot()) {
      return ShredFate.SLOT_TOO_OLD;
    }
    SlotAssembler slot = new SlotAssembler(sets, shred.slot(), clockNs.getAsLong());
    ShredFate fate = slot.offer(shred, root, rootOffset);
    if (fate == ShredFate.KEPT) {
      if (isFull) {
        abandon(lowest(), AbandonReason.TOO_MANY_SLOTS);
      }
      slots.put(slot.slot(), slot);
      advance(slot);
    }
    return fate;
  }

  private void advance(SlotAssembler slot) {
    if (!options.keepComplete()) {
      if (slot.isComplete()) {
        finish(slot);
      } else if (slot.isContradictory()) {
        abandon(slot, AbandonReason.CONTRADICTORY);
      }
    }
    while (sets.heldBytes() > options.maxBytes()) {
      abandon(lowest(), AbandonReason.TOO_MUCH_MEMORY);
    }
  }

  private SlotAssembler lowest() {
    SlotAssembler lowest = null;
    for (SlotAssembler slot : slots.values()) {
      if (lowest == null || slot.slot() < lowest.slot()) {
        lowest = slot;
      }
    }
    if (lowest == null) {
      throw new IllegalStateException(
          "no slot is in flight, but %d bytes are held".formatted(sets.heldBytes()));
    }
    return lowest;
  }

  /// Gives up slots whose time has passed; to be called every now and then.
  ///
  /// @return how many
  public int expire() {
    long now = clockNs.getAsLong();
    if (now - nextExpiryNs < 0) {
      return 0;
    }
    nextExpiryNs = now + options.maxAgeNs() / EXPIRY_PARTS;
    List<SlotAssembler> old = new ArrayList<>();
    for (SlotAssembler slot : slots.values()) {
      if (now - slot.firstSeenNs() > options.maxAgeNs()) {
        old.add(slot);
      }
    }
    old.sort(Comparator.comparingLong(SlotAssembler::slot));
    old.forEach(slot -> abandon(slot, AbandonReason.TOO_OLD));
    return old.size();
  }

  /// Closes all slots, lowest first: the complete ones as finished, the others as abandoned.
  public void finish() {
    List<SlotAssembler> left = new ArrayList<>(slots.values());
    left.sort(Comparator.comparingLong(SlotAssembler::slot));
    for (SlotAssembler slot : left) {
      if (slot.isComplete()) {
        finish(slot);
      } else {
        abandon(
            slot,
            slot.isContradictory() ? AbandonReason.CONTRADICTORY : AbandonReason.END_OF_INPUT);
      }
    }
  }

  private void finish(SlotAssembler slot) {
    BlockSummary block = close(slot);
    closed.close(slot.slot(), true, block.content().lastEntryHash());
    increment(FINISHED);
    listener.finished(block);
  }

  private void abandon(SlotAssembler slot, AbandonReason reason) {
    BlockSummary partial = close(slot);
    closed.close(slot.slot(), false, Optional.empty());
    increment(ABANDONED);
    listener.abandoned(partial, reason);
  }

  private BlockSummary close(SlotAssembler slot) {
    Optional<Hash> parentLastHash =
        slot.parentOffset() > 0
            ? closed.lastHash(slot.slot() - slot.parentOffset())
            : Optional.empty();
    BlockSummary summary = summarizer.summarize(slot, parentLastHash);
    slots.remove(slot.slot());
    slot.release();
    return summary;
  }

  private void increment(int counter) {
    counts.setRelease(counter, counts.getPlain(counter) + 1); // pairs with the acquire in count
  }

  /// Shreds of one fate; the sum over all fates is the number of shreds offered.
  public long count(ShredFate fate) {
    return counts.getAcquire(fate.ordinal());
  }

  /// Slots reported as finished.
  public long finishedBlocks() {
    return counts.getAcquire(FINISHED);
  }

  /// Slots reported as abandoned.
  public long abandonedSlots() {
    return counts.getAcquire(ABANDONED);
  }

  /// Slots of which some shreds are here.
  public int slotsInFlight() {
    return slots.size();
  }

  /// Memory held for shreds of all slots in flight.
  public long heldBytes() {
    return sets.heldBytes();
  }

  /// Highest slot in flight, which a node takes for the tip of the chain; none without slots.
  public OptionalLong highestSlot() {
    long highest = -1;
    for (SlotAssembler slot : slots.values()) {
      highest = Math.max(highest, slot.slot());
    }
    return highest < 0 ? OptionalLong.empty() : OptionalLong.of(highest);
  }

  /// What the recovery runs on, for reports.
  public String kernelName() {
    return sets.kernelName();
  }
}
