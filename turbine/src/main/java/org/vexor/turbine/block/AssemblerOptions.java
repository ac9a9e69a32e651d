package org.vexor.turbine.block;

import org.vexor.turbine.fec.FecSets.CodeRebuild;
import org.vexor.turbine.fec.FecSets.Geometry;

/// How a [BlockAssembler] works.
///
/// @param geometry which FEC sets are accepted
/// @param codeRebuild when missing code shreds are made
/// @param maxSlots most slots in flight; the lowest gives way to a higher one
/// @param maxBytes most memory for shreds of all slots in flight
/// @param maxAgeNs how long after its first shred a slot is given up; checked by
///   [BlockAssembler#expire]
/// @param keepComplete whether complete slots are kept, to count the shreds still to come, until
///   [BlockAssembler#finish], as decoding a file wants it; else a slot is finished with its last
///   missing data shred
/// @param checks what to find out about blocks
public record AssemblerOptions(
    Geometry geometry,
    CodeRebuild codeRebuild,
    int maxSlots,
    long maxBytes,
    long maxAgeNs,
    boolean keepComplete,
    BlockChecks checks) {
  /// Two slabs of a set are the least that lets a slot grow.
  private static final long MIN_BYTES = 1 << 20;

  /// Refuses limits that nothing could work with.
  public AssemblerOptions {
    if (maxSlots < 1 || maxBytes < MIN_BYTES || maxAgeNs < 1) {
      throw new IllegalArgumentException(
          "maxSlots %d, maxBytes %d, maxAgeNs %d; at least 1, %d, 1 are needed"
              .formatted(maxSlots, maxBytes, maxAgeNs, MIN_BYTES));
    }
  }

  /// For a live node: 128 slots and 256 MiB of shreds, which is 100 slots of 68 sets; a minute for
  /// turbine and repair to bring a slot.
  public static AssemblerOptions live(BlockChecks checks) {
    return new AssemblerOptions(
        Geometry.LIVE,
        CodeRebuild.WITH_MISSING_DATA,
        128,
        256L << 20,
        60_000_000_000L,
        false,
        checks);
  }

  /// For captured files of any age: everything is kept until the end, within 1 GiB.
  public static AssemblerOptions offline(BlockChecks checks) {
    return new AssemblerOptions(
        Geometry.ANY, CodeRebuild.WITH_MISSING_DATA, 4_096, 1L << 30, Long.MAX_VALUE, true, checks);
  }
}
