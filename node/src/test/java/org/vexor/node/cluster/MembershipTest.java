package org.vexor.node.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.node.status.ComponentStatus;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.crypto.Keypair;

final class MembershipTest {
  private static final Endpoint ANY_PORT = Endpoint.loopback(0);
  private static final Endpoint TVU = Endpoint.loopback(9004);

  private final List<Membership> members = new ArrayList<>();
  private final StringWriter said = new StringWriter();
  private final CountDownLatch ousted = new CountDownLatch(1);

  @AfterEach
  void close() {
    members.forEach(Membership::close);
  }

  private Membership join(Keypair identity, List<Endpoint> entrypoints, Map<Pubkey, Long> stakes) {
    Membership member =
        Membership.join(
            new JoinPlan(identity, 77, ANY_PORT, ANY_PORT, entrypoints, Optional.empty()),
            Map.of(SocketKey.TVU, TVU),
            () -> stakes,
            new PrintWriter(said, true),
            ousted::countDown);
    members.add(member);
    return member;
  }

  @Test
  void membersKnowWhatEachServesAndWhatStakeItHas() {
    Keypair first = Keypair.generate();
    Membership entrypoint = join(first, List.of(), Map.of());
    Membership member =
        join(
            Keypair.generate(),
            List.of(entrypoint.node().port().localEndpoint()),
            Map.of(first.publicKey(), 5L));
    await(
        () -> {
          member.tick();
          return !entrypoint.node().contacts().isEmpty()
              && member.node().contacts().stream().anyMatch(peer -> peer.stakeLamports() == 5);
        });
    assertEquals(
        Optional.of(TVU), entrypoint.node().contacts().getFirst().info().socket(SocketKey.TVU));
    member.tick();
    assertTrue(said.toString().contains("gossip: 1 peers"), said.toString());
    ComponentStatus row = new GossipRow(member).status().getFirst();
    assertEquals(ComponentStatus.State.READY, row.state());
    assertEquals(1L, row.figures().get("staked_peers"));
  }

  @Test
  void endsWhenItsIdentityIsUsedAnew() throws InterruptedException {
    Keypair identity = Keypair.generate();
    Membership entrypoint = join(Keypair.generate(), List.of(), Map.of());
    List<Endpoint> entrypoints = List.of(entrypoint.node().port().localEndpoint());
    Membership old = join(identity, entrypoints, Map.of());
    await(() -> !entrypoint.node().contacts().isEmpty());
    join(identity, entrypoints, Map.of());
    assertTrue(ousted.await(60, TimeUnit.SECONDS), said.toString());
    assertTrue(old.isOusted());
    assertTrue(said.toString().contains("; this one ends"), said.toString());
  }

  private static void await(BooleanSupplier so) {
    long endNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!so.getAsBoolean()) {
      assertTrue(System.nanoTime() < endNs, "not so within a minute");
      LockSupport.parkNanos(20_000_000);
    }
  }
}
