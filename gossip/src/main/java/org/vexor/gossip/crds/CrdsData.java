package org.vexor.gossip.crds;

import java.util.List;
import java.util.Optional;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

/// What an owner says. Slots are below 10^15, wall clocks are unix milliseconds below 10^15.
public sealed interface CrdsData
    permits ContactInfo,
        CrdsData.Vote,
        CrdsData.LowestSlot,
        CrdsData.EpochSlots,
        CrdsData.DuplicateShred,
        CrdsData.SnapshotHashes,
        CrdsData.RestartLastVotedForkSlots,
        CrdsData.RestartHeaviestFork,
        CrdsData.Removed {
  /// First wall clock and slot that is refused; keeps sums of times free of overflow.
  long LIMIT = 1_000_000_000_000_000L;

  /// The kind, which is the tag on the wire.
  CrdsKind kind();

  /// Whose it is: the signer.
  Pubkey owner();

  /// When the owner made it, by its own clock, in unix milliseconds.
  long wallclockMs();

  /// Which of several of its kind; 0 for kinds of which there is one.
  default int index() {
    return 0;
  }

  /// The label under which tables keep it.
  default CrdsLabel label() {
    return new CrdsLabel(kind(), owner(), index());
  }

  /// A vote transaction, in its wire form.
  record Vote(int index, Pubkey owner, Octets transaction, long wallclockMs) implements CrdsData {
    /// How many votes an owner can have in the tables.
    public static final int COUNT = 32;

    @Override
    public CrdsKind kind() {
      return CrdsKind.VOTE;
    }
  }

  /// The lowest slot that the owner still has.
  record LowestSlot(Pubkey owner, long lowest, long wallclockMs) implements CrdsData {
    @Override
    public CrdsKind kind() {
      return CrdsKind.LOWEST_SLOT;
    }
  }

  /// Slots that the owner has completed.
  record EpochSlots(int index, Pubkey owner, List<CompressedSlots> slots, long wallclockMs)
      implements CrdsData {
    /// Indexes are below this.
    public static final int COUNT = 255;

    public EpochSlots {
      slots = List.copyOf(slots);
    }

    @Override
    public CrdsKind kind() {
      return CrdsKind.EPOCH_SLOTS;
    }
  }

  /// A piece of the proof that a leader made two versions of one shred. The two unused fields are
  /// kept, since the signature covers them.
  record DuplicateShred(
      int index,
      Pubkey owner,
      long wallclockMs,
      long slot,
      int unused,
      int unusedShredType,
      int chunkCount,
      int chunkIndex,
      Octets chunk)
      implements CrdsData {
    /// Indexes are below this.
    public static final int COUNT = 512;

    @Override
    public CrdsKind kind() {
      return CrdsKind.DUPLICATE_SHRED;
    }
  }

  /// Snapshots that the owner serves: a full one, and those on top of it.
  record SnapshotHashes(Pubkey owner, SlotHash full, List<SlotHash> incremental, long wallclockMs)
      implements CrdsData {
    /// Most incremental ones.
    public static final int MAXIMUM_INCREMENTAL = 25;

    public SnapshotHashes {
      incremental = List.copyOf(incremental);
    }

    @Override
    public CrdsKind kind() {
      return CrdsKind.SNAPSHOT_HASHES;
    }
  }

  /// Which of the last slots the owner voted for before a restart of the cluster.
  record RestartLastVotedForkSlots(
      Pubkey owner, long wallclockMs, SlotOffsets offsets, SlotHash lastVoted, int shredVersion)
      implements CrdsData {
    @Override
    public CrdsKind kind() {
      return CrdsKind.RESTART_LAST_VOTED_FORK_SLOTS;
    }

    /// The two ways to write a set of slots below the last one.
    public sealed interface SlotOffsets {
      /// Lengths of runs of equal bits.
      record RunLengths(List<Integer> lengths) implements SlotOffsets {
        public RunLengths {
          lengths = List.copyOf(lengths);
        }
      }

      /// The bits themselves.
      record Raw(Bits bits) implements SlotOffsets {}
    }
  }

  /// Which fork the owner takes for the heaviest, at a restart of the cluster.
  record RestartHeaviestFork(
      Pubkey owner, long wallclockMs, SlotHash last, long observedStake, int shredVersion)
      implements CrdsData {
    @Override
    public CrdsKind kind() {
      return CrdsKind.RESTART_HEAVIEST_FORK;
    }
  }

  /// A value of a kind that the network has dropped; its body stays as it is.
  ///
  /// @param body everything behind the tag
  record Removed(CrdsKind kind, Pubkey owner, long wallclockMs, Octets body) implements CrdsData {}

  /// A slot and a hash that belongs to it.
  record SlotHash(long slot, Hash hash) {}

  /// Bits in whole octets, as Rust's `BitVec<u8>`: none at all is not the same as zero of them.
  ///
  /// @param octets absent when the vector never had any
  record Bits(Optional<Octets> octets, long bitLength) {
    /// The bit at `index`, lowest bit of an octet first; false beyond the end.
    public boolean get(int index) {
      return index < bitLength
          && octets.isPresent()
          && (octets.get().at(index >> 3) >> (index & 7) & 1) != 0;
    }
  }

  /// A stretch of slots, of which some are completed.
  sealed interface CompressedSlots {
    /// Slots of a stretch are fewer than this.
    int MAXIMUM_SLOTS = 16_384;

    /// The slot of the first bit.
    long firstSlot();

    /// How many slots the stretch covers.
    int slotCount();

    /// The bits, compressed by raw deflate.
    record Flate2(long firstSlot, int slotCount, Octets deflated) implements CompressedSlots {}

    /// The bits as they are.
    record Uncompressed(long firstSlot, int slotCount, Bits bits) implements CompressedSlots {}
  }
}
