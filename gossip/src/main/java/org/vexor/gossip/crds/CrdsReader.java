package org.vexor.gossip.crds;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.vexor.gossip.crds.CrdsData.Bits;
import org.vexor.gossip.crds.CrdsData.CompressedSlots;
import org.vexor.gossip.crds.CrdsData.RestartLastVotedForkSlots.SlotOffsets;
import org.vexor.gossip.crds.CrdsData.SlotHash;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;
import org.vexor.solana.codec.WireFailure;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.transaction.Octets;
import org.vexor.solana.transaction.TransactionRefusal;
import org.vexor.solana.transaction.TransactionView;

/// Reads values off a datagram. One thread at a time.
///
/// A value that is refused makes the [WireReader] fail, so a caller reads on and asks it once, then
/// [#refusal] for the reason. Rules: agave gossip/src/crds_data.rs, `Sanitize`.
public final class CrdsReader {
  private static final int DATAGRAM_BYTES = 1232;
  private static final int SLOTS_BYTES = 4 + 8 + 8 + 8; // tag, first, number, count or bit length

  private final Fault fault = new Fault();
  private final TransactionView transaction = new TransactionView();
  private final DecodedValues decoded;

  /// A reader for one value after another, each of which is new.
  public CrdsReader() {
    this(new DecodedValues(1));
  }

  /// A reader that gives the same object for the same bytes, if they came lately.
  public CrdsReader(DecodedValues decoded) {
    this.decoded = decoded;
  }

  /// Reads one value and keeps a copy of its bytes. Believed only when `in` is still ok.
  ///
  /// @param source what `in` reads, of which offsets are those of the segment
  public CrdsValue readValue(WireReader in, byte[] source) {
    fault.clear();
    int start = (int) in.segmentOffset();
    CrdsValue same = in.ok() ? decoded.find(source, start, start + (int) in.remaining()) : null;
    if (same != null) {
      in.skip(same.length());
      return same;
    }
    in.skip(Signature.LENGTH);
    CrdsData data = read(in, source);
    if (in.ok() && fault.reason() != GossipRefusal.NONE) {
      in.fail(WireFailure.REJECTED);
    }
    int end = in.ok() ? (int) in.segmentOffset() : start;
    CrdsValue value = CrdsValue.copyOf(source, start, end - start, data);
    if (in.ok()) {
      decoded.add(value);
    }
    return value;
  }

  /// Why `in` failed, as far as this reader is the cause of it.
  public GossipRefusal refusal(WireReader in) {
    return fault.reason() != GossipRefusal.NONE ? fault.reason() : of(in.failure());
  }

  private static GossipRefusal of(WireFailure failure) {
    return switch (failure) {
      case NONE -> GossipRefusal.NONE;
      case PAST_END -> GossipRefusal.TRUNCATED;
      case TRAILING_BYTES -> GossipRefusal.TRAILING_BYTES;
      case LENGTH_BEYOND_BOUND -> GossipRefusal.COUNT_BEYOND_BOUND;
      case NOT_CANONICAL, TOO_LARGE, BAD_OPTION_TAG -> GossipRefusal.NOT_CANONICAL;
      case REJECTED -> GossipRefusal.OUT_OF_RANGE;
    };
  }

  private CrdsData read(WireReader in, byte[] source) {
    Optional<CrdsKind> known = CrdsKind.ofTag(in.u32());
    if (known.isEmpty()) {
      return unknown(in);
    }
    CrdsKind kind = known.get();
    CrdsData data =
        switch (kind) {
          case CONTACT_INFO -> ContactInfoCodec.read(in, fault);
          case VOTE -> vote(in, source);
          case LOWEST_SLOT -> lowestSlot(in);
          case EPOCH_SLOTS -> epochSlots(in);
          case DUPLICATE_SHRED -> duplicateShred(in);
          case SNAPSHOT_HASHES -> snapshotHashes(in);
          case RESTART_LAST_VOTED_FORK_SLOTS -> lastVotedForkSlots(in);
          case RESTART_HEAVIEST_FORK ->
              new CrdsData.RestartHeaviestFork(
                  Wire.pubkey(in), in.u64(), slotHash(in), in.u64(), in.u16());
          case LEGACY_CONTACT_INFO,
              LEGACY_SNAPSHOT_HASHES,
              ACCOUNTS_HASHES,
              LEGACY_VERSION,
              VERSION,
              NODE_INSTANCE ->
              RemovedReader.read(kind, in);
        };
    if (kind.isRelayed()) {
      requireBelowLimit(data.wallclockMs());
    }
    return data;
  }

  private CrdsData unknown(WireReader in) {
    if (in.ok()) {
      fault.set(GossipRefusal.UNKNOWN_VALUE);
      in.fail(WireFailure.REJECTED);
    }
    return new CrdsData.Removed(CrdsKind.LEGACY_VERSION, Pubkey.ZERO, 0, Octets.EMPTY);
  }

  private CrdsData vote(WireReader in, byte[] source) {
    int index = requireBelow(in.u8(), CrdsData.Vote.COUNT);
    Pubkey owner = Wire.pubkey(in);
    Octets bytes = Octets.EMPTY;
    if (in.ok()) {
      int start = (int) in.segmentOffset();
      int limit = start + (int) in.remaining();
      if (transaction.parse(source, start, limit) == TransactionRefusal.NONE
          && transaction.version() == TransactionView.LEGACY
          && isSane(transaction.sanitize())) {
        bytes = Octets.of(source, start, transaction.length());
        in.skip(transaction.length());
      } else {
        fault.set(GossipRefusal.TRANSACTION);
        in.fail(WireFailure.REJECTED);
      }
    }
    return new CrdsData.Vote(index, owner, bytes, in.u64());
  }

  /// An account named twice is for the runtime to refuse: the network relays such a vote.
  private static boolean isSane(TransactionRefusal refusal) {
    return refusal == TransactionRefusal.NONE || refusal == TransactionRefusal.DUPLICATE_ACCOUNT;
  }

  /// Only the lowest slot is still in use; the rest of the layout must be empty.
  private CrdsData lowestSlot(WireReader in) {
    requireBelow(in.u8(), 1);
    Pubkey owner = Wire.pubkey(in);
    long root = in.u64();
    long lowest = requireBelowLimit(in.u64());
    long slots = in.u64();
    long stash = in.u64();
    if (root != 0 || slots != 0 || stash != 0) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
      in.fail(WireFailure.REJECTED);
    }
    return new CrdsData.LowestSlot(owner, lowest, in.u64());
  }

  private CrdsData epochSlots(WireReader in) {
    int index = requireBelow(in.u8(), CrdsData.EpochSlots.COUNT);
    Pubkey owner = Wire.pubkey(in);
    int count = in.vecLength(SLOTS_BYTES, DATAGRAM_BYTES);
    var slots = new ArrayList<CompressedSlots>(count);
    for (int i = 0; i < count && in.ok(); i++) {
      slots.add(compressedSlots(in));
    }
    return new CrdsData.EpochSlots(index, owner, slots, in.u64());
  }

  private CompressedSlots compressedSlots(WireReader in) {
    int form = in.u32();
    long first = requireBelowLimit(in.u64());
    long count = in.u64();
    if (Long.compareUnsigned(count, CompressedSlots.MAXIMUM_SLOTS) >= 0) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
      count = 0;
    }
    if (form == 0) {
      return new CompressedSlots.Flate2(
          first, (int) count, Wire.octets(in, in.vecLength(1, DATAGRAM_BYTES)));
    }
    Bits bits = bits(in);
    if (form != 1 || bits.bitLength() % 8 != 0) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    return new CompressedSlots.Uncompressed(first, (int) count, bits);
  }

  private CrdsData duplicateShred(WireReader in) {
    int index = requireBelow(in.u16(), CrdsData.DuplicateShred.COUNT);
    Pubkey owner = Wire.pubkey(in);
    long wallclockMs = in.u64();
    long slot = requireBelowLimit(in.u64());
    int unused = in.u32();
    int unusedShredType = in.u8();
    int chunkCount = in.u8();
    int chunkIndex = in.u8();
    if (chunkIndex >= chunkCount && in.ok()) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    Octets chunk = Wire.octets(in, in.vecLength(1, DATAGRAM_BYTES));
    return new CrdsData.DuplicateShred(
        index, owner, wallclockMs, slot, unused, unusedShredType, chunkCount, chunkIndex, chunk);
  }

  private CrdsData snapshotHashes(WireReader in) {
    Pubkey owner = Wire.pubkey(in);
    SlotHash full = slotHash(in);
    int count = in.vecLength(8 + Hash.LENGTH, CrdsData.SnapshotHashes.MAXIMUM_INCREMENTAL);
    var incremental = new ArrayList<SlotHash>(count);
    for (int i = 0; i < count; i++) {
      SlotHash next = slotHash(in);
      if (next.slot() <= full.slot()) {
        fault.set(GossipRefusal.OUT_OF_RANGE);
      }
      incremental.add(next);
    }
    return new CrdsData.SnapshotHashes(owner, full, incremental, in.u64());
  }

  private CrdsData lastVotedForkSlots(WireReader in) {
    Pubkey owner = Wire.pubkey(in);
    long wallclockMs = in.u64();
    SlotOffsets offsets = offsets(in);
    return new CrdsData.RestartLastVotedForkSlots(
        owner, wallclockMs, offsets, slotHash(in), in.u16());
  }

  private SlotOffsets offsets(WireReader in) {
    int form = in.u32();
    if (form == 0) {
      int count = in.vecLength(1, DATAGRAM_BYTES);
      List<Integer> lengths = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        lengths.add(in.varintU16());
      }
      return new SlotOffsets.RunLengths(lengths);
    }
    if (form != 1) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    return new SlotOffsets.Raw(bits(in));
  }

  private Bits bits(WireReader in) {
    boolean present = in.option();
    int count = present ? in.vecLength(1, DATAGRAM_BYTES) : 0;
    Octets octets = Wire.octets(in, count);
    long bitLength = in.u64();
    if (bitLength < 0 || bitLength > 8L * count) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    return new Bits(present ? Optional.of(octets) : Optional.empty(), bitLength);
  }

  private SlotHash slotHash(WireReader in) {
    return new SlotHash(requireBelowLimit(in.u64()), Wire.hash(in));
  }

  private int requireBelow(int value, int bound) {
    if (value >= bound) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    return value;
  }

  private long requireBelowLimit(long value) {
    if (Long.compareUnsigned(value, CrdsData.LIMIT) >= 0) {
      fault.set(GossipRefusal.OUT_OF_RANGE);
    }
    return value;
  }
}
