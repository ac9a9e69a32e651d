package org.vexor.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderScheduleJson;
import org.vexor.turbine.verify.SlotLeaders;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/// Whose signatures shreds must carry.
final class LeaderOptions {
  /// Slots in an epoch of the public clusters.
  private static final int EPOCH_SLOTS = 432_000;

  /// Who signs.
  static final class Leaders {
    @Option(
        names = "--leader",
        paramLabel = "PUBKEY",
        description = "check signatures against this leader, for all slots")
    private @Nullable String leader;

    @Option(
        names = "--leader-schedule",
        paramLabel = "FILE",
        description =
            "check signatures by a schedule: JSON as RPC getLeaderSchedule or 'solana"
                + " leader-schedule --output json' give it")
    private @Nullable Path schedule;
  }

  @ArgGroup(exclusive = true)
  private @Nullable Leaders leaders;

  @Option(
      names = "--epoch-start",
      paramLabel = "SLOT",
      defaultValue = "0",
      description = "first slot of the schedule's epoch (default ${DEFAULT-VALUE})")
  private long epochStart;

  /// Whether somebody said who leads.
  boolean areGiven() {
    return leaders != null;
  }

  /// Who leads which slot; empty when nobody said.
  Optional<SlotLeaders> slotLeaders() throws UserException {
    if (leaders == null) {
      return Optional.empty();
    }
    if (leaders.leader != null) {
      try {
        return Optional.of(SlotLeaders.always(Pubkey.fromBase58(leaders.leader)));
      } catch (IllegalArgumentException e) {
        throw new UserException("--leader: " + e.getMessage(), e);
      }
    }
    return Optional.of(schedule(leaders.schedule == null ? Path.of("") : leaders.schedule));
  }

  private SlotLeaders schedule(Path file) throws UserException {
    try {
      return SlotLeaders.of(LeaderScheduleJson.read(file, epochStart, EPOCH_SLOTS));
    } catch (IOException e) {
      throw new UserException(
          "--leader-schedule " + file + " cannot be read: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new UserException("--leader-schedule " + file + ": " + e.getMessage(), e);
    }
  }
}
