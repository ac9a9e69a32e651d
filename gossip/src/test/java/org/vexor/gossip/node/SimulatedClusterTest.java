package org.vexor.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.packet.memory.Impairment;

/// A cluster that loses every tenth datagram. As many nodes as `-Dvexor.gossip.nodes` says; 1000
/// take some minutes.
final class SimulatedClusterTest {
  private static final System.Logger LOG = System.getLogger(SimulatedClusterTest.class.getName());
  private static final int NODES = Integer.getInteger("vexor.gossip.nodes", 40);
  private static final Impairment LOSSY =
      Impairment.NONE.withLoss(0.1).withDelay(5_000_000, 40_000_000);

  @Test
  void everybodyGetsToKnowEverybodyAndNewsTravelFast() {
    try (var cluster = new SimulatedCluster(1)) {
      cluster.impair(LOSSY);
      cluster.add(0, NODES);
      long knownMs = cluster.runUntil(() -> cluster.complete() == NODES, 60_000);
      assertTrue(knownMs > 0, cluster.complete() + " of " + NODES + " know everybody");

      cluster.member(7).node.publish(nowMs -> slot(7, nowMs));
      long heardMs = cluster.runUntil(() -> heard(cluster) >= 0.99 * NODES, 5_000);
      LOG.log(
          System.Logger.Level.INFO,
          "{0} nodes: everybody known after {1} ms, news at 99 % after {2} ms",
          NODES,
          knownMs,
          heardMs);
      // Nine peers each round, of which one in ten is lost: the number that heard grows by 9.1.
      double rounds = Math.log(NODES) / Math.log(1 + 0.9 * 9);
      double roundMs = 100 + 25 + 2 * SimulatedCluster.STEP_MS;
      assertTrue(heardMs > 0 && heardMs < (rounds + 3) * roundMs, "news took " + heardMs + " ms");
    }
  }

  @Test
  void prunesMakeNewsComeLessOften() {
    try (var cluster = new SimulatedCluster(2)) {
      cluster.impair(LOSSY);
      cluster.add(0, 24);
      cluster.run(10_000);
      double before = redundancy(cluster, 10);
      redundancy(cluster, 30);
      double after = redundancy(cluster, 10);
      LOG.log(
          System.Logger.Level.INFO, "each value came {0} times, pruned {1} times", before, after);
      assertTrue(before > 6, "fan-out 9, so each comes to nearly 9 times as many: " + before);
      assertTrue(after < 0.75 * before, before + " before, " + after + " after");
      assertTrue(cluster.sum(GossipCount.SENT_PRUNES) > 0);
    }
  }

  @Test
  void theSameSeedGivesTheSameRun() {
    assertEquals(run(3), run(3));
  }

  private static List<?> run(long seed) {
    try (var cluster = new SimulatedCluster(seed)) {
      cluster.impair(LOSSY.withDuplication(0.05));
      cluster.add(0, 12);
      cluster.run(9_000);
      return cluster.members().stream()
          .map(member -> member.node.counters().all().toString())
          .toList();
    }
  }

  /// How often each piece of news comes to each node, over `times` from each of ten owners.
  private static double redundancy(SimulatedCluster cluster, int times) {
    long fresh = taken(cluster);
    long repeated = cluster.sum(GossipCount.VALUES_DUPLICATE);
    for (int i = 0; i < times; i++) {
      for (int owner = 1; owner <= 10; owner++) {
        int number = owner;
        cluster.member(owner).node.publish(nowMs -> slot(number, nowMs));
      }
      cluster.run(200);
    }
    fresh = taken(cluster) - fresh;
    repeated = cluster.sum(GossipCount.VALUES_DUPLICATE) - repeated;
    return (double) (fresh + repeated) / fresh;
  }

  private static long taken(SimulatedCluster cluster) {
    return cluster.sum(GossipCount.VALUES_INSERTED) + cluster.sum(GossipCount.VALUES_REPLACED);
  }

  private static long heard(SimulatedCluster cluster) {
    return cluster.members().stream().filter(member -> !member.heard.isEmpty()).count();
  }

  private static List<CrdsData> slot(int number, long nowMs) {
    return List.of(new CrdsData.LowestSlot(TestIdentities.key(number), nowMs, nowMs));
  }
}
