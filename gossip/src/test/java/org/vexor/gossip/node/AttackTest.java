package org.vexor.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.SHRED_VERSION;
import static org.vexor.gossip.TestIdentities.START_MS;
import static org.vexor.gossip.TestIdentities.address;
import static org.vexor.gossip.TestIdentities.key;
import static org.vexor.gossip.TestIdentities.signedContact;
import static org.vexor.gossip.TestIdentities.signer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.Datagrams;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;

/// One node, and one that does not play by the rules.
final class AttackTest {
  /// With 100,000 it takes some seconds.
  private static final int FORGED = Integer.getInteger("vexor.gossip.forged", 5_000);

  private final SurroundedNode lab = new SurroundedNode();
  private final GossipNode node = lab.node;
  private final List<GossipMessage> got = new ArrayList<>();
  private long gotBytes;
  private boolean answersPings;
  private final PacketPort port = open(address(2));

  private PacketPort open(Endpoint endpoint) {
    return lab.open(
        endpoint,
        (in, bytes) -> {
          gotBytes += bytes.length;
          GossipMessage message = Datagrams.read(bytes);
          got.add(message);
          if (answersPings && message instanceof Ping ping) {
            for (int number : identities) {
              lab.send(in, Pong.answer(signer(number), ping));
            }
          }
        });
  }

  private List<Integer> identities = List.of(2);

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void anUnverifiedCallerGetsNothingButAPing() {
    lab.send(port, request(2));
    lab.turn();
    assertEquals(1, got.size());
    assertTrue(got.getFirst() instanceof Ping);
    for (int i = 0; i < 100; i++) {
      lab.send(port, request(2));
      lab.turn();
    }
    assertEquals(1, got.size(), "one ping a second at most");
    assertTrue(gotBytes < lab.sentBytes());
    assertEquals(101, node.counters().get(GossipCount.CALLERS_UNVERIFIED));
  }

  @Test
  void aVerifiedCallerGetsItsAnswerWithinTheBudget() {
    answersPings = true;
    lab.send(port, request(2));
    lab.turn();
    lab.turn();
    got.clear();
    long before = gotBytes;
    for (int i = 0; i < 1000; i++) {
      lab.send(port, request(2));
      lab.turn();
    }
    assertTrue(got.stream().anyMatch(GossipMessage.PullResponse.class::isInstance));
    assertTrue(gotBytes - before < 120_000, "two answers' worth: " + (gotBytes - before));
    assertTrue(node.counters().get(GossipCount.PULL_BUDGET_EMPTY) > 0);
  }

  @Test
  void contactsAtAnAddressThatDoesNotAnswerCostTheirSenderMoreThanTheVictim() {
    Endpoint elsewhere = address(77);
    long[] toElsewhere = new long[1];
    PacketPort innocent = lab.open(elsewhere, (in, bytes) -> toElsewhere[0] += bytes.length);
    lab.send(port, new GossipMessage.Push(key(2), List.of(signedContact(77, lab.nowMs))));
    for (int i = 0; i < 1500; i++) {
      lab.turn();
      lab.nowMs += 20;
    }
    assertEquals(3 * Ping.MESSAGE_BYTES, toElsewhere[0], "a ping and two retries");
    assertEquals(0, node.contacts().size());
    innocent.close();
  }

  @Test
  void forgedIdentitiesFillNothing() {
    for (int i = 100; i < 100 + FORGED; i++) {
      lab.send(port, new GossipMessage.Push(key(i), List.of(signedContact(i, lab.nowMs))));
      if (i % 200 == 0) {
        lab.turn();
        lab.nowMs += 100; // 2000 a second, within what one sender may send
      }
    }
    lab.turn();
    assertEquals(0, node.table().contactCount() - 1, "none of them answers at its address");
    assertTrue(node.counters().get(GossipCount.CONTACTS_UNVERIFIED) > 0.9 * FORGED);
  }

  /// They all answer, at one address.
  @Test
  void identitiesThatAnswerAreHeldToTheBoundOfTheTable() {
    answersPings = true;
    for (int i = 100; i < 2_100; i++) {
      identities = List.of(i);
      CrdsValue contact =
          CrdsValue.sign(
              org.vexor.gossip.crds.ContactInfo.of(
                  key(i),
                  lab.nowMs,
                  START_MS,
                  SHRED_VERSION,
                  org.vexor.gossip.crds.ClientVersion.VEXOR,
                  Map.of(SocketKey.GOSSIP, address(2))),
              signer(i));
      lab.send(port, new GossipMessage.Push(key(i), List.of(contact)));
      lab.turn();
      lab.turn();
      lab.nowMs += 2;
    }
    int owners = node.table().ownerCount();
    assertTrue(owners > 400 && owners <= 550, owners + " owners");
    assertTrue(node.contact(key(1)).isPresent());
    assertTrue(node.contact(key(100)).isPresent(), "who came first stays");
  }

  @Test
  void badSignaturesUseUpTheBudgetOfTheirSender() {
    for (int i = 0; i < 200; i++) {
      var data = new CrdsData.LowestSlot(key(3), i, lab.nowMs);
      byte[] bytes =
          Datagrams.write(new GossipMessage.Push(key(2), List.of(CrdsValue.sign(data, signer(3)))));
      bytes[60] ^= 1;
      lab.sendBytes(port, bytes);
      lab.turn();
    }
    assertTrue(node.counters().get(GossipCount.BAD_SIGNATURES) < 100);
    assertTrue(node.counters().get(GossipCount.OVER_BUDGET) > 100);
    PacketPort honest = open(address(3));
    long before = node.counters().get(GossipCount.OVER_BUDGET);
    lab.send(honest, request(3));
    lab.turn();
    assertEquals(before, node.counters().get(GossipCount.OVER_BUDGET), "others are not touched");
  }

  @Test
  void whatTheVerifierCannotTakeIsShedAndCounted() {
    for (int i = 0; i < 2560; i++) { // ten times what the queue holds, between two turns
      var data = new CrdsData.LowestSlot(key(3), i, lab.nowMs);
      lab.send(port, new GossipMessage.Push(key(2), List.of(CrdsValue.sign(data, signer(3)))));
    }
    lab.around.doWork();
    for (int i = 0; i < 20; i++) {
      node.doWork();
    }
    assertEquals(256, lab.queue.waiting());
    assertEquals(2560 - 256, node.counters().get(GossipCount.VERIFIER_FULL));
    lab.turn();
    assertEquals(0, lab.queue.waiting());
  }

  @Test
  void whatIsNoMessageIsCountedByItsReason() {
    lab.sendBytes(port, new byte[] {9, 0, 0, 0});
    lab.sendBytes(port, new byte[] {1});
    lab.send(port, Ping.sign(signer(1), org.vexor.solana.Hash.ZERO));
    lab.turn();
    assertEquals(2, node.counters().get(GossipCount.UNREADABLE));
    assertEquals(
        1L,
        node.counters().all().get("unreadable_unknown_message"),
        node.counters().all()::toString);
    assertEquals(1, node.counters().get(GossipCount.FROM_SELF));
    assertFalse(node.counters().all().containsKey("pings"));
  }

  private GossipMessage request(int number) {
    CrdsFilter everything = new CrdsFilter(Bloom.of(64, 1), -1L >>> 6, 6);
    return new GossipMessage.PullRequest(
        CrdsFilter.of(everything.bloom(), part(), 6), signedContact(number, lab.nowMs));
  }

  /// The part that the node's own contact info is in.
  private int part() {
    long[] prefix = new long[1];
    node.table().entries().forEach(entry -> prefix[0] = entry.hashPrefix());
    return (int) (prefix[0] >>> 58);
  }
}
