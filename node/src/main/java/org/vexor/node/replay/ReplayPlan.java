package org.vexor.node.replay;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/// Which datagrams are sent, in which order.
///
/// @param datagrams what is left to send; not copied, not to be changed
/// @param lost how many were taken out by the injected loss
public record ReplayPlan(List<byte[]> datagrams, int lost) {
  public ReplayPlan {
    datagrams = List.copyOf(datagrams);
  }

  /// Draws a plan.
  ///
  /// @param all the datagrams in the order of the capture
  /// @param loss probability in 0..1 with which each is lost
  /// @param shuffle whether the order is drawn too
  /// @param seed of both draws; equal arguments give equal plans
  public static ReplayPlan draw(List<byte[]> all, double loss, boolean shuffle, long seed) {
    if (!(loss >= 0 && loss <= 1)) {
      throw new IllegalArgumentException("loss " + loss + " is not between 0 and 1");
    }
    var random = new Random(seed);
    var kept = new ArrayList<byte[]>(all.size());
    for (byte[] datagram : all) {
      if (random.nextDouble() >= loss) {
        kept.add(datagram);
      }
    }
    if (shuffle) {
      Collections.shuffle(kept, random);
    }
    return new ReplayPlan(kept, all.size() - kept.size());
  }
}
