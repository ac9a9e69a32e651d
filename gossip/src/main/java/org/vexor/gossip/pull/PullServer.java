package org.vexor.gossip.pull;

import java.util.ArrayList;
import java.util.List;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.Uniform;

/// Finds what a caller lacks.
public final class PullServer {
  /// A caller whose clock is farther off is not answered.
  public static final long CALLER_WINDOW_MS = 15_000;

  /// Values that the caller may be about to hear of by push are left out.
  private static final long JITTER_MS = CALLER_WINDOW_MS / 4;

  private final CrdsTable table;
  private final ChaCha random;

  public PullServer(CrdsTable table, ChaCha random) {
    this.table = table;
    this.random = random;
  }

  /// The values of the filter's part that are not in it, nor newer than the caller's clock and a
  /// bit, as many as `budgetBytes` pay for.
  public List<CrdsValue> missing(CrdsFilter filter, long callerWallclockMs, int budgetBytes) {
    long newestMs = callerWallclockMs + Uniform.single(random, JITTER_MS);
    var missing = new ArrayList<CrdsValue>();
    table.forEachInPart(
        filter.mask(),
        filter.maskBits(),
        entry -> {
          CrdsValue value = entry.value();
          if (value.data().wallclockMs() <= newestMs && !filter.bloom().contains(value.hash())) {
            missing.add(value);
          }
        });
    return withinBudget(missing, budgetBytes);
  }

  private static List<CrdsValue> withinBudget(List<CrdsValue> values, int budgetBytes) {
    int bytes = 0;
    int count = 0;
    while (count < values.size() && bytes + values.get(count).length() <= budgetBytes) {
      bytes += values.get(count++).length();
    }
    return values.subList(0, count);
  }
}
