package org.vexor.gossip.pull;

import java.util.ArrayList;
import java.util.List;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.MessageReader;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.Uniform;

/// Makes the filters of one round of pull requests: of all parts of the table one in eight, at
/// random. Sizes: agave gossip/src/crds_gossip_pull.rs.
public final class PullFilters {
  /// Below so many values a table is divided as if it had them, which servers count on.
  private static final int MINIMUM_ITEMS = 65_536;

  private static final int PARTS_PER_ROUND_DIVISOR = 8;
  private static final int MAXIMUM_PARTS_PER_ROUND = 1024;

  /// Bytes of a request that are neither caller nor bits: tag; 8 keys with their count, though 3
  /// are used; option, count, bits and set bits; mask and mask bits.
  private static final int OVERHEAD_BYTES = 4 + 8 + 8 * 8 + 1 + 8 + 8 + 8 + 8 + 4;

  private final CrdsTable table;
  private final ChaCha random;

  public PullFilters(CrdsTable table, ChaCha random) {
    this.table = table;
    this.random = random;
  }

  /// The filters of a round.
  ///
  /// @param callerBytes length of the contact info that goes with each
  public List<CrdsFilter> round(int callerBytes) {
    int bits = 8 * (MessageReader.MAXIMUM_BYTES - OVERHEAD_BYTES - callerBytes);
    int items = CrdsFilter.maximumItems(bits);
    int known = Math.max(MINIMUM_ITEMS, table.size() + table.droppedCount());
    int maskBits = CrdsFilter.maskBits(known, items);
    int parts = 1 << maskBits;
    int wanted =
        Math.min(
            MAXIMUM_PARTS_PER_ROUND,
            (parts + PARTS_PER_ROUND_DIVISOR - 1) / PARTS_PER_ROUND_DIVISOR);
    var byPart = new CrdsFilter[parts];
    var filters = new ArrayList<CrdsFilter>(wanted);
    while (filters.size() < wanted) {
      int part = (int) Uniform.single(random, parts);
      if (byPart[part] == null) {
        Bloom bloom = Bloom.random(items, CrdsFilter.FALSE_RATE, bits, random);
        byPart[part] = CrdsFilter.of(bloom, part, maskBits);
        filters.add(byPart[part]);
      }
    }
    fill(filters, byPart, maskBits);
    return filters;
  }

  private void fill(List<CrdsFilter> filters, CrdsFilter[] byPart, int maskBits) {
    for (CrdsFilter filter : filters) {
      table.forEachInPart(
          filter.mask(), maskBits, entry -> filter.bloom().add(entry.value().hash()));
    }
    table.forEachDropped(
        (prefix, hash) -> {
          CrdsFilter filter = byPart[maskBits == 0 ? 0 : (int) (prefix >>> (Long.SIZE - maskBits))];
          if (filter != null) {
            filter.bloom().add(hash);
          }
        });
  }
}
