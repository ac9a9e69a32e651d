package org.vexor.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.packet.memory.Impairment;

/// A cluster that loses every tenth datagram. As many nodes as `-Dvexor.gossip.nodes` says; 1000
/// take some minutes, and their figures and digest are the same in every run.
final class SimulatedClusterTest {
  private static final System.Logger LOG = System.getLogger(SimulatedClusterTest.class.getName());
  private static final int NODES = Integer.getInteger("vexor.gossip.nodes", 40);
  private static final Impairment LOSSY =
      Impairment.NONE.withLoss(0.1).withDelay(5_000_000, 40_000_000);

  /// From one push to the next, half the longest way, and up to a step at each end.
  private static final double ROUND_MS = 100 + 25 + 2 * SimulatedCluster.STEP_MS;

  private static Figures figures = new Figures(0, 0, 0, 0, 0, 0);

  /// @param knownMs until everybody knows everybody
  /// @param newsMs until a value is known to 99 %
  /// @param before how often each piece of news comes to each node
  /// @param after the same after prunes
  /// @param digest of all counters of all nodes
  private record Figures(
      long knownMs, long newsMs, double before, double after, long prunes, int digest) {}

  @BeforeAll
  static void simulate() {
    try (var cluster = new SimulatedCluster(1)) {
      cluster.impair(LOSSY);
      cluster.add(0, NODES);
      long knownMs = cluster.runUntil(() -> cluster.complete() == NODES, 90_000);
      cluster.member(7).node.publish(nowMs -> slot(7, nowMs));
      long newsMs = cluster.runUntil(() -> heard(cluster) >= 0.99 * NODES, 5_000);
      double before = redundancy(cluster, 10);
      redundancy(cluster, 30);
      double after = redundancy(cluster, 10);
      figures =
          new Figures(
              knownMs,
              newsMs,
              before,
              after,
              cluster.sum(GossipCount.SENT_PRUNES),
              digest(cluster));
    }
    boolean isAskedFor = System.getProperty("vexor.gossip.nodes") != null;
    LOG.log(
        isAskedFor ? System.Logger.Level.WARNING : System.Logger.Level.INFO, // tests print warnings
        "{0} nodes, predicted rounds {1}: {2}",
        NODES,
        predictedRounds(),
        figures);
  }

  private static int digest(SimulatedCluster cluster) {
    return cluster.members().stream()
        .map(member -> member.node.counters().all().toString())
        .toList()
        .hashCode();
  }

  /// Nine peers each round, of which one in ten is lost: the number that heard grows by 9.1.
  private static double predictedRounds() {
    return Math.log(NODES) / Math.log(1 + 0.9 * 9);
  }

  @Test
  void everybodyGetsToKnowEverybody() {
    assertTrue(figures.knownMs > 0, figures::toString);
  }

  @Test
  void newsTravelWithinTheRoundsThatTheFanoutPredicts() {
    assertTrue(
        figures.newsMs > 0 && figures.newsMs < (predictedRounds() + 3) * ROUND_MS,
        figures::toString);
  }

  @Test
  void prunesMakeNewsComeLessOften() {
    assertTrue(figures.before > 6, () -> "fan-out 9, of which some are lost: " + figures);
    assertTrue(figures.after < 0.75 * figures.before, figures::toString);
    assertTrue(figures.prunes > 0, figures::toString);
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
