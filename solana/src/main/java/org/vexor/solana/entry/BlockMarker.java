package org.vexor.solana.entry;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import org.vexor.solana.Hash;
import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// What stands in a batch of no entries: a note about the block (SIMD-0307, SIMD-0337).
///
/// Wire form: u64 0, u16 version 1, u8 variant, u16 payload length, payload. Variants not known
/// here are kept as [Unknown], so a newer cluster's blocks stay readable.
public sealed interface BlockMarker {
  /// Who made the block, when: `producerTimeNs` is nanoseconds of Unix time.
  record Footer(int version, long producerTimeNs, String agent) implements BlockMarker {}

  /// The block now continues another parent.
  record UpdateParent(long parentSlot, Hash parentBlockId) implements BlockMarker {}

  /// A marker of a variant without fields known here; among them 1, the block header.
  record Unknown(int variant, int payloadBytes) implements BlockMarker {}

  /// A marker that cannot be read.
  record Refused(EntryRefusal why) implements BlockMarker {}

  /// Reads the marker batch that starts at `offset`. Cold: a block has few.
  ///
  /// @throws IndexOutOfBoundsException when `offset..limit` is not within the array
  static BlockMarker read(byte[] bytes, int offset, int limit) {
    WireReader reader = new WireReader(MemorySegment.ofArray(bytes), offset, (long) limit - offset);
    long count = reader.u64();
    int version = reader.u16();
    int variant = reader.u8();
    int length = reader.u16();
    int payload = (int) reader.skip(length);
    if (!reader.ok()) {
      return new Refused(EntryRefusal.TRUNCATED);
    }
    if (count != 0 || version != 1) {
      return new Refused(EntryRefusal.MARKER_VERSION);
    }
    reader.wrap(reader.segment(), payload, length);
    BlockMarker marker =
        switch (variant) {
          case 0 -> {
            int footerVersion = reader.u16();
            long timeNs = reader.u64();
            byte[] agent = new byte[reader.u8()];
            reader.bytes(agent);
            yield new Footer(footerVersion, timeNs, new String(agent, StandardCharsets.UTF_8));
          }
          case 2 -> {
            int parentVersion = reader.u8();
            long parentSlot = reader.u64();
            byte[] blockId = new byte[Hash.LENGTH];
            reader.bytes(blockId);
            yield parentVersion == 1
                ? new UpdateParent(parentSlot, Hash.of(blockId))
                : new Unknown(variant, length);
          }
          default -> new Unknown(variant, length);
        };
    return reader.ok() ? marker : new Refused(EntryRefusal.MARKER_PAYLOAD);
  }

  /// The batch bytes of an update of the parent.
  static byte[] serialize(UpdateParent marker) {
    return new WireWriter(new byte[13 + 41])
        .u64(0)
        .u16(1)
        .u8(2)
        .u16(41)
        .u8(1)
        .u64(marker.parentSlot())
        .bytes(marker.parentBlockId().bytes())
        .toByteArray();
  }

  /// The batch bytes of a footer.
  ///
  /// @throws IllegalArgumentException when the agent's name is longer than 255 bytes
  static byte[] serialize(Footer marker) {
    byte[] agent = marker.agent().getBytes(StandardCharsets.UTF_8);
    if (agent.length > 255) {
      throw new IllegalArgumentException(
          "an agent's name has at most 255 bytes, this one " + agent.length);
    }
    return new WireWriter(new byte[13 + 11 + agent.length])
        .u64(0)
        .u16(1)
        .u8(0)
        .u16(11 + agent.length)
        .u16(marker.version())
        .u64(marker.producerTimeNs())
        .u8(agent.length)
        .bytes(agent)
        .toByteArray();
  }
}
