package org.vexor.gossip.filter;

import org.vexor.solana.codec.WireReader;
import org.vexor.solana.codec.WireWriter;

/// What a node has of one part of the table: the values whose hash begins with the high `maskBits`
/// bits of `mask`.
///
/// @param bloom hashes of the values that it has or does not want
/// @param mask the bits of the part, all others set
/// @param maskBits how many bits name the part, unsigned
public record CrdsFilter(Bloom bloom, long mask, int maskBits) {
  /// Fewest bits that servers of version 4 answer to.
  public static final int MINIMUM_MASK_BITS = 6;

  /// Wrong answers of the bloom filter: one in ten.
  public static final double FALSE_RATE = 0.1;

  private static final double KEYS = 8;

  /// A filter of part `part` of 2^`maskBits`.
  public static CrdsFilter of(Bloom bloom, int part, int maskBits) {
    long rest = rest(maskBits);
    return new CrdsFilter(bloom, (long) part << (Long.SIZE - maskBits) | rest, maskBits);
  }

  /// Whether a value whose hash begins with `hashPrefix` belongs to the part.
  public boolean covers(long hashPrefix) {
    long rest = rest(maskBits);
    return (hashPrefix | rest) == (mask | rest);
  }

  /// Which of the 2^`bits` parts, numbered by the high bits of the hash, the mask begins with.
  public int part(int bits) {
    return bits == 0 ? 0 : (int) (mask >>> (Long.SIZE - bits));
  }

  private static long rest(int maskBits) {
    return maskBits >= 0 && maskBits < Long.SIZE ? -1L >>> maskBits : 0;
  }

  /// Whether a server of today answers it.
  public boolean isServed() {
    return maskBits >= MINIMUM_MASK_BITS && maskBits < Long.SIZE && bloom.isUsable();
  }

  /// How many values a filter of so many bits can tell apart well enough.
  public static int maximumItems(int bits) {
    return (int) Math.ceil(bits / (-KEYS / Math.log(1 - Math.exp(Math.log(FALSE_RATE) / KEYS))));
  }

  /// How many mask bits divide `items` values into parts of at most `maximumItems`.
  public static int maskBits(long items, int maximumItems) {
    double parts = Math.ceil(Math.log((double) items / maximumItems) / Math.log(2));
    return (int) Math.max(0, parts);
  }

  /// Reads a filter; believed only when `in` is still ok.
  public static CrdsFilter read(WireReader in) {
    return new CrdsFilter(Bloom.read(in), in.u64(), in.u32());
  }

  /// Writes the filter.
  public void write(WireWriter out) {
    bloom.write(out);
    out.u64(mask).u32(maskBits);
  }
}
