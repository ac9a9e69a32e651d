package org.vexor.node.cluster;

import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.vexor.solana.Epochs;
import org.vexor.solana.Pubkey;
import org.vexor.solana.cluster.LeaderSchedule;
import org.vexor.solana.rpc.ClusterRpc;
import org.vexor.solana.rpc.RpcClient;
import org.vexor.solana.rpc.RpcException;
import org.vexor.turbine.verify.SlotLeaders;

/// Asks an RPC node who leads and who has stake, and again as epochs roll: the schedules of the
/// epoch before, of this one and of the next are at hand. A thread of its own asks; any thread
/// reads.
public final class EpochFollower implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(EpochFollower.class.getName());

  /// Looks at the clock of the cluster so many times an epoch, within the bounds below.
  private static final int LOOKS_PER_EPOCH = 16;

  private static final int SLOT_MS = 400;
  private static final long SHORTEST_MS = 1_000;
  private static final long LONGEST_MS = 60_000;
  private static final long END_MS = 1_000;

  private final ClusterRpc rpc;
  private final Epochs epochs;
  private final RollingSchedule leaders = new RollingSchedule();
  private final TreeMap<Long, LeaderSchedule> byEpoch = new TreeMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread =
      Thread.ofPlatform().name("vexor-epochs").daemon().unstarted(this::run);
  private long epochOfStakes = -1;
  private volatile Map<Pubkey, Long> stakes = Map.of();
  private volatile Known known;

  /// What is known now.
  ///
  /// @param slot where the cluster was when it was asked last
  /// @param epoch of that slot
  /// @param lastSlot of which the leader is known
  /// @param failures calls that failed
  /// @param failing why the last look failed; empty when it did not
  public record Known(
      long slot, long epoch, long lastSlot, long failures, Optional<String> failing) {}

  private EpochFollower(RpcClient client) throws RpcException {
    this.rpc = new ClusterRpc(client);
    this.epochs = rpc.epochs();
    this.known = look();
    if (!byEpoch.containsKey(known.epoch())) {
      throw new RpcException(
          rpc.client().url() + " does not know who leads epoch " + known.epoch(),
          RpcException.NO_ANSWER);
    }
  }

  /// Asks for the first time, and follows from then on.
  ///
  /// @param rpc closed with the follower
  /// @throws RpcException when the node does not answer, or does not know; then `rpc` is closed
  public static EpochFollower start(RpcClient rpc) throws RpcException {
    try {
      var follower = new EpochFollower(rpc);
      follower.thread.start();
      return follower;
    } catch (RpcException e) {
      rpc.close();
      throw e;
    }
  }

  private void run() {
    try {
      while (!closed.await(periodMs(), TimeUnit.MILLISECONDS)) {
        follow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long periodMs() {
    long perEpoch = epochs.slots(known.epoch()) * SLOT_MS / LOOKS_PER_EPOCH;
    return Math.clamp(perEpoch, SHORTEST_MS, LONGEST_MS);
  }

  /// Looks once more; what fails is told when it begins and when it is over.
  void follow() {
    Known before = known;
    try {
      known = look();
      before
          .failing()
          .ifPresent(
              why -> LOG.log(System.Logger.Level.INFO, "{0} answers again", rpc.client().url()));
    } catch (RpcException e) {
      String why = String.valueOf(e.getMessage());
      if (before.failing().isEmpty() && closed.getCount() > 0) {
        LOG.log(System.Logger.Level.WARNING, "leaders and stakes are not followed: {0}", why);
      }
      known =
          new Known(
              before.slot(),
              before.epoch(),
              before.lastSlot(),
              before.failures() + 1,
              Optional.of(why));
    }
  }

  private Known look() throws RpcException {
    long slot = rpc.slot();
    long now = epochs.epoch(slot);
    for (long epoch = now; epoch <= now + 1; epoch++) {
      if (!byEpoch.containsKey(epoch)) {
        fetch(epoch);
      }
    }
    byEpoch.headMap(now - 1).clear();
    leaders.replace(new ArrayList<>(byEpoch.values()));
    if (epochOfStakes != now) {
      stakes = Map.copyOf(rpc.stakes());
      epochOfStakes = now;
    }
    long lastSlot = -1;
    for (LeaderSchedule schedule : byEpoch.values()) {
      lastSlot = schedule.firstSlot() + schedule.slots() - 1;
    }
    long failures = known == null ? 0 : known.failures();
    return new Known(slot, now, lastSlot, failures, Optional.empty());
  }

  private void fetch(long epoch) throws RpcException {
    rpc.leaderSchedule(epochs.firstSlot(epoch), epochs)
        .ifPresent(schedule -> byEpoch.put(epoch, schedule));
  }

  /// Who leads, as far as is known at each moment. For any thread.
  public SlotLeaders leaders() {
    return leaders;
  }

  /// Lamports behind each identity in this epoch.
  public Map<Pubkey, Long> stakes() {
    return stakes;
  }

  public Known known() {
    return known;
  }

  /// Whom it asks.
  public String source() {
    return rpc.client().url().toString();
  }

  /// Ends the thread; a call that is under way ends first, within a second.
  @Override
  public void close() {
    closed.countDown();
    thread.interrupt();
    try {
      thread.join(END_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    rpc.client().close();
  }
}
