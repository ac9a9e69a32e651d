package org.vexor.node.cluster;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.turbine.verify.SlotLeaders;

/// The schedules of a few epochs. One thread replaces them; any thread asks, without waiting and
/// without allocating.
final class RollingSchedule implements SlotLeaders {
  private final AtomicReference<List<LeaderSchedule>> schedules = new AtomicReference<>(List.of());

  void replace(List<LeaderSchedule> by) {
    schedules.setRelease(List.copyOf(by));
  }

  @Override
  public boolean leader(long slot, byte[] target) {
    List<LeaderSchedule> known = schedules.getAcquire();
    for (int i = 0; i < known.size(); i++) {
      Optional<Pubkey> leader = known.get(i).leader(slot);
      if (leader.isPresent()) {
        leader.get().copyTo(target, 0);
        return true;
      }
    }
    return false;
  }
}
