package org.vexor.gossip.crds;

import org.vexor.gossip.crds.CrdsData.Bits;
import org.vexor.gossip.crds.CrdsData.CompressedSlots;
import org.vexor.gossip.crds.CrdsData.RestartLastVotedForkSlots.SlotOffsets;
import org.vexor.gossip.crds.CrdsData.SlotHash;
import org.vexor.solana.codec.WireWriter;
import org.vexor.solana.transaction.Octets;

/// Writes records as the bytes that their owners sign.
public final class CrdsWriter {
  private CrdsWriter() {}

  /// Writes the tag and the value.
  public static void write(CrdsData data, WireWriter out) {
    out.u32(data.kind().tag());
    switch (data) {
      case ContactInfo info -> ContactInfoCodec.write(info, out);
      case CrdsData.Vote vote ->
          out.u8(vote.index())
              .bytes(vote.owner().bytes())
              .bytes(vote.transaction().bytes())
              .u64(vote.wallclockMs());
      case CrdsData.LowestSlot lowest ->
          out.u8(0)
              .bytes(lowest.owner().bytes())
              .u64(0) // root
              .u64(lowest.lowest())
              .vecLength(0) // slots
              .vecLength(0) // stash
              .u64(lowest.wallclockMs());
      case CrdsData.EpochSlots slots -> epochSlots(slots, out);
      case CrdsData.DuplicateShred shred -> duplicateShred(shred, out);
      case CrdsData.SnapshotHashes hashes -> snapshotHashes(hashes, out);
      case CrdsData.RestartLastVotedForkSlots slots -> lastVotedForkSlots(slots, out);
      case CrdsData.RestartHeaviestFork fork -> {
        out.bytes(fork.owner().bytes()).u64(fork.wallclockMs());
        slotHash(fork.last(), out);
        out.u64(fork.observedStake()).u16(fork.shredVersion());
      }
      case CrdsData.Removed removed -> out.bytes(removed.body().bytes());
    }
  }

  private static void epochSlots(CrdsData.EpochSlots slots, WireWriter out) {
    out.u8(slots.index()).bytes(slots.owner().bytes()).vecLength(slots.slots().size());
    for (CompressedSlots stretch : slots.slots()) {
      out.u32(stretch instanceof CompressedSlots.Flate2 ? 0 : 1)
          .u64(stretch.firstSlot())
          .u64(stretch.slotCount());
      switch (stretch) {
        case CompressedSlots.Flate2 flate2 -> octets(flate2.deflated(), out);
        case CompressedSlots.Uncompressed uncompressed -> bits(uncompressed.bits(), out);
      }
    }
    out.u64(slots.wallclockMs());
  }

  private static void duplicateShred(CrdsData.DuplicateShred shred, WireWriter out) {
    out.u16(shred.index())
        .bytes(shred.owner().bytes())
        .u64(shred.wallclockMs())
        .u64(shred.slot())
        .u32(shred.unused())
        .u8(shred.unusedShredType())
        .u8(shred.chunkCount())
        .u8(shred.chunkIndex());
    octets(shred.chunk(), out);
  }

  private static void snapshotHashes(CrdsData.SnapshotHashes hashes, WireWriter out) {
    out.bytes(hashes.owner().bytes());
    slotHash(hashes.full(), out);
    out.vecLength(hashes.incremental().size());
    hashes.incremental().forEach(hash -> slotHash(hash, out));
    out.u64(hashes.wallclockMs());
  }

  private static void lastVotedForkSlots(CrdsData.RestartLastVotedForkSlots slots, WireWriter out) {
    out.bytes(slots.owner().bytes()).u64(slots.wallclockMs());
    switch (slots.offsets()) {
      case SlotOffsets.RunLengths runs -> {
        out.u32(0).vecLength(runs.lengths().size());
        runs.lengths().forEach(out::varintU16);
      }
      case SlotOffsets.Raw raw -> {
        out.u32(1);
        bits(raw.bits(), out);
      }
    }
    slotHash(slots.lastVoted(), out);
    out.u16(slots.shredVersion());
  }

  private static void slotHash(SlotHash slotHash, WireWriter out) {
    out.u64(slotHash.slot()).bytes(slotHash.hash().bytes());
  }

  private static void octets(Octets octets, WireWriter out) {
    out.vecLength(octets.length()).bytes(octets.bytes());
  }

  private static void bits(Bits bits, WireWriter out) {
    out.option(bits.octets().isPresent());
    bits.octets().ifPresent(octets -> octets(octets, out));
    out.u64(bits.bitLength());
  }
}
