package org.vexor.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.SHRED_VERSION;
import static org.vexor.gossip.TestIdentities.START_MS;
import static org.vexor.gossip.TestIdentities.address;
import static org.vexor.gossip.TestIdentities.key;
import static org.vexor.gossip.TestIdentities.signer;

import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.SimulatedCluster.Member;
import org.vexor.gossip.table.InsertOutcome;
import org.vexor.gossip.table.Stakes;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.transaction.Octets;

/// What goes wrong in a cluster, and what comes of it.
final class TroubleTest {
  private static final int NODES = 8;

  private final SimulatedCluster cluster = new SimulatedCluster(5);

  @BeforeEach
  void start() {
    cluster.add(0, NODES);
    assertTrue(cluster.runUntil(() -> cluster.complete() == NODES, 20_000) > 0);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  @Test
  void aNodeThatWasCutOffIsForgottenAndComesBack() {
    var stakes = new HashMap<Pubkey, Long>();
    stakes.put(key(99), 1L); // so that the others are kept for 15 s only
    cluster.stakes(Stakes.of(stakes));
    Member lost = cluster.member(3);
    lost.cutOff(true);
    assertTrue(cluster.runUntil(() -> !cluster.member(5).knows(3), 40_000) > 10_000);
    lost.cutOff(false);
    assertTrue(cluster.runUntil(() -> cluster.complete() == NODES, 30_000) >= 0);
  }

  @Test
  void aNodeRestartedAtAnotherAddressIsFoundThere() {
    cluster.remove(cluster.member(3));
    Endpoint moved = Endpoint.parse("10.7.7.7:9000");
    cluster.add(3, moved, (START_MS + 20_000) * 1000);
    assertTrue(
        cluster.runUntil(
                () ->
                    cluster.members().stream()
                        .filter(member -> member.number != 3)
                        .allMatch(member -> gossipOf(member, 3).equals(Optional.of(moved))),
                20_000)
            > 0);
    assertEquals(Optional.empty(), cluster.member(1).node.ownerOfTvu(address(3).withPort(8002)));
  }

  @Test
  void ofTwoProcessesWithOneIdentityTheEarlierOneHears() {
    Member first = cluster.member(3);
    cluster.add(3, Endpoint.parse("10.7.7.7:9000"), (START_MS + 20_000) * 1000);
    String second = "duplicate " + (START_MS + 20_000) * 1000;
    assertTrue(cluster.runUntil(() -> first.heard.contains(second), 120_000) > 0);
    assertTrue(first.count(GossipCount.DUPLICATE_INSTANCES) > 0);
    assertEquals(Optional.of(Endpoint.parse("10.7.7.7:9000")), gossipOf(cluster.member(1), 3));
  }

  /// Its requests are refused, but its pushes are within 30 s, so it stays known.
  @Test
  void aClockThatIsOffCostsAnswersButNotThePlace() {
    cluster.member(3).clockOffsetMs = 20_000;
    cluster.run(20_000);
    assertTrue(cluster.sum(GossipCount.CALLERS_REFUSED) > 10);
    assertEquals(NODES, cluster.complete());
    long heardMs =
        cluster.member(5).node.contacts().stream()
            .filter(contact -> contact.info().owner().equals(key(3)))
            .findFirst()
            .orElseThrow()
            .info()
            .wallclockMs();
    assertTrue(heardMs > cluster.nowMs(), "it is heard of, at a time to come");
  }

  @Test
  void anotherClusterIsKeptOut() {
    Member alien = cluster.add(50, address(50), START_MS * 1000, SHRED_VERSION + 1);
    cluster.run(15_000);
    assertEquals(0, cluster.members().stream().filter(m -> m != alien && m.knows(50)).count());
    assertFalse(alien.knows(1));
    assertTrue(cluster.member(0).count(GossipCount.CALLERS_REFUSED) > 0);
  }

  @Test
  void aProofInPiecesIsPutTogether() {
    byte[] first = new byte[1203];
    first[65] = 77;
    byte[] second = first.clone();
    second[300] = 1;
    var proof = new DuplicateProof(key(2), 77, Octets.of(first), Octets.of(second));
    cluster.member(2).node.publish(proof, 510);
    cluster.run(2_000);
    for (Member member : cluster.members()) {
      assertEquals(List.of(proof), member.heard, "node " + member.number);
    }
  }

  @Test
  void whatIsNotAProofIsNotTold() {
    byte[] shred = new byte[1203];
    shred[65] = 77;
    var same = new DuplicateProof(key(2), 77, Octets.of(shred), Octets.of(shred));
    cluster.member(2).node.publish(same, 0);
    cluster
        .member(2)
        .node
        .publish(
            nowMs ->
                List.of(
                    new CrdsData.DuplicateShred(
                        9, key(2), nowMs, 77, 0, 0, 200, 3, Octets.of(shred, 0, 900))));
    cluster.run(2_000);
    assertEquals(List.of(), cluster.member(4).heard);
  }

  private static Optional<Endpoint> gossipOf(Member member, int other) {
    return member.node.contact(key(other)).flatMap(info -> info.socket(SocketKey.GOSSIP));
  }

  @Test
  void valuesOfOurOwnFromElsewhereAreRefused() {
    Member node = cluster.member(4);
    CrdsData old = new CrdsData.LowestSlot(key(4), 1, cluster.nowMs());
    node.node.offer(List.of(org.vexor.gossip.crds.CrdsValue.sign(old, signer(4))));
    cluster.run(1_000);
    assertEquals(1, node.node.counters().get(InsertOutcome.OWN_LABEL));
  }
}
