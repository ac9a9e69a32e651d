package org.vexor.tpu.leader;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vexor.solana.Epochs;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.solana.cluster.LeaderScheduleJson;
import org.vexor.solana.cluster.StakedLeader;
import org.vexor.solana.rpc.ClusterRpc;

/// Where schedules come from. May block.
@FunctionalInterface
public interface ScheduleSource {
  /// The schedule of an epoch.
  ///
  /// @return empty when the source does not have it, or not yet
  /// @throws IOException when it cannot be asked
  Optional<LeaderSchedule> schedule(long epoch) throws IOException;

  /// What a node answers.
  static ScheduleSource rpc(ClusterRpc rpc, Epochs epochs) {
    return epoch -> rpc.leaderSchedule(epochs.firstSlot(epoch), epochs);
  }

  /// Drawn from the stakes of each epoch, as validators do.
  static ScheduleSource stakes(StakesOfEpoch stakes, Epochs epochs) {
    return epoch -> {
      List<StakedLeader> staked = stakes.stakes(epoch);
      return staked.stream().allMatch(leader -> leader.lamports() == 0)
          ? Optional.empty()
          : Optional.of(
              LeaderSchedule.compute(
                  epoch, staked, epochs.firstSlot(epoch), Math.toIntExact(epochs.slots(epoch))));
    };
  }

  /// One epoch from a file; see [LeaderScheduleJson].
  static ScheduleSource file(Path file, long ofEpoch, Epochs epochs) {
    return epoch ->
        epoch == ofEpoch
            ? Optional.of(
                LeaderScheduleJson.read(
                    file, epochs.firstSlot(epoch), Math.toIntExact(epochs.slots(epoch))))
            : Optional.empty();
  }

  /// The stakes that decide who leads.
  @FunctionalInterface
  interface StakesOfEpoch {
    /// Empty when they are not known (yet).
    List<StakedLeader> stakes(long epoch) throws IOException;
  }
}
