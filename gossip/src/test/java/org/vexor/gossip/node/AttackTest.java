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

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.TestIdentities;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.filter.Bloom;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.Datagrams;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.verify.VerifiedValues;
import org.vexor.gossip.verify.VerifierAgent;
import org.vexor.gossip.verify.VerifyQueue;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.memory.MemoryNetwork;
import org.vexor.solana.random.ChaCha;

/// One node, and one that does not play by the rules.
final class AttackTest {
  /// With 100,000 it takes some seconds.
  private static final int FORGED = Integer.getInteger("vexor.gossip.forged", 5_000);

  private static final Endpoint VICTIM = address(1);

  private long nowMs = START_MS;
  private final MemoryNetwork network = new MemoryNetwork(1, () -> nowMs * 1_000_000);
  private final PacketEngine engine =
      network.engine(EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(4096, 4096));
  private final VerifyQueue queue = new VerifyQueue(256);
  private final GossipNode node =
      new GossipNode(
          engine,
          PortOptions.bind(VICTIM),
          signer(1),
          GossipOptions.of(
                  SHRED_VERSION, Map.of(SocketKey.GOSSIP, VICTIM), START_MS * 1000, List.of())
              .withBounds(500, 1000, 5000),
          queue,
          () -> nowMs,
          ChaCha.chaCha20(),
          GossipListener.NONE);
  private final VerifierAgent verifier =
      new VerifierAgent(queue, TestIdentities.verifier(), new VerifiedValues(1000), () -> {});
  private final PacketEngine attacker =
      network.engine(EngineOptions.DEFAULT.withMaxPayloadBytes(1232).withFrames(4096, 4096));
  private final List<GossipMessage> got = new ArrayList<>();
  private long gotBytes;
  private long sentBytes;
  private boolean answersPings;
  private final PacketPort port = open(address(2));

  private PacketPort open(Endpoint endpoint) {
    return attacker.open(
        PortOptions.bind(endpoint),
        (in, datagram) -> {
          byte[] bytes =
              datagram
                  .segment()
                  .asSlice(datagram.offset(), datagram.length())
                  .toArray(ValueLayout.JAVA_BYTE);
          gotBytes += bytes.length;
          GossipMessage message = Datagrams.read(bytes);
          got.add(message);
          if (answersPings && message instanceof Ping ping) {
            for (int number : identities) {
              send(in, Pong.answer(signer(number), ping));
            }
          }
        });
  }

  private List<Integer> identities = List.of(2);

  @AfterEach
  void close() {
    node.close();
    engine.close();
    attacker.close();
  }

  @Test
  void anUnverifiedCallerGetsNothingButAPing() {
    send(port, request(2));
    turn();
    assertEquals(1, got.size());
    assertTrue(got.getFirst() instanceof Ping);
    for (int i = 0; i < 100; i++) {
      send(port, request(2));
      turn();
    }
    assertEquals(1, got.size(), "one ping a second at most");
    assertTrue(gotBytes < sentBytes);
    assertEquals(101, node.counters().get(GossipCount.CALLERS_UNVERIFIED));
  }

  @Test
  void aVerifiedCallerGetsItsAnswerWithinTheBudget() {
    answersPings = true;
    send(port, request(2));
    turn();
    turn();
    got.clear();
    long before = gotBytes;
    for (int i = 0; i < 1000; i++) {
      send(port, request(2));
      turn();
    }
    assertTrue(got.stream().anyMatch(GossipMessage.PullResponse.class::isInstance));
    assertTrue(gotBytes - before < 120_000, "two answers' worth: " + (gotBytes - before));
    assertTrue(node.counters().get(GossipCount.PULL_BUDGET_EMPTY) > 0);
  }

  @Test
  void contactsAtAnAddressThatDoesNotAnswerCostTheirSenderMoreThanTheVictim() {
    Endpoint elsewhere = address(77);
    long[] toElsewhere = new long[1];
    PacketPort innocent =
        attacker.open(
            PortOptions.bind(elsewhere), (in, datagram) -> toElsewhere[0] += datagram.length());
    send(port, new GossipMessage.Push(key(2), List.of(signedContact(77, nowMs))));
    for (int i = 0; i < 1500; i++) {
      turn();
      nowMs += 20;
    }
    assertEquals(3 * Ping.MESSAGE_BYTES, toElsewhere[0], "a ping and two retries");
    assertEquals(0, node.contacts().size());
    innocent.close();
  }

  @Test
  void forgedIdentitiesFillNothing() {
    for (int i = 100; i < 100 + FORGED; i++) {
      send(port, new GossipMessage.Push(key(i), List.of(signedContact(i, nowMs))));
      if (i % 200 == 0) {
        turn();
        nowMs += 100; // 2000 a second, within what one sender may send
      }
    }
    turn();
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
                  nowMs,
                  START_MS,
                  SHRED_VERSION,
                  org.vexor.gossip.crds.ClientVersion.VEXOR,
                  Map.of(SocketKey.GOSSIP, address(2))),
              signer(i));
      send(port, new GossipMessage.Push(key(i), List.of(contact)));
      turn();
      turn();
      nowMs += 2;
    }
    int owners = node.table().ownerCount();
    assertTrue(owners > 400 && owners <= 550, owners + " owners");
    assertTrue(node.contact(key(1)).isPresent());
    assertTrue(node.contact(key(100)).isPresent(), "who came first stays");
  }

  @Test
  void badSignaturesUseUpTheBudgetOfTheirSender() {
    for (int i = 0; i < 200; i++) {
      var data = new CrdsData.LowestSlot(key(3), i, nowMs);
      byte[] bytes =
          Datagrams.write(new GossipMessage.Push(key(2), List.of(CrdsValue.sign(data, signer(3)))));
      bytes[60] ^= 1;
      sendBytes(port, bytes);
      turn();
    }
    assertTrue(node.counters().get(GossipCount.BAD_SIGNATURES) < 100);
    assertTrue(node.counters().get(GossipCount.OVER_BUDGET) > 100);
    PacketPort honest = open(address(3));
    long before = node.counters().get(GossipCount.OVER_BUDGET);
    send(honest, request(3));
    turn();
    assertEquals(before, node.counters().get(GossipCount.OVER_BUDGET), "others are not touched");
  }

  @Test
  void whatTheVerifierCannotTakeIsShedAndCounted() {
    for (int i = 0; i < 2560; i++) { // ten times what the queue holds, between two turns
      var data = new CrdsData.LowestSlot(key(3), i, nowMs);
      send(port, new GossipMessage.Push(key(2), List.of(CrdsValue.sign(data, signer(3)))));
    }
    attacker.doWork();
    for (int i = 0; i < 20; i++) {
      node.doWork();
    }
    assertEquals(256, queue.waiting());
    assertEquals(2560 - 256, node.counters().get(GossipCount.VERIFIER_FULL));
    turn();
    assertEquals(0, queue.waiting());
  }

  @Test
  void whatIsNoMessageIsCountedByItsReason() {
    sendBytes(port, new byte[] {9, 0, 0, 0});
    sendBytes(port, new byte[] {1});
    send(port, Ping.sign(signer(1), org.vexor.solana.Hash.ZERO));
    turn();
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
        CrdsFilter.of(everything.bloom(), part(), 6), signedContact(number, nowMs));
  }

  /// The part that the node's own contact info is in.
  private int part() {
    long[] prefix = new long[1];
    node.table().entries().forEach(entry -> prefix[0] = entry.hashPrefix());
    return (int) (prefix[0] >>> 58);
  }

  private void send(PacketPort from, GossipMessage message) {
    sendBytes(from, Datagrams.write(message));
  }

  private void sendBytes(PacketPort from, byte[] bytes) {
    sentBytes += bytes.length;
    if (!from.send(MemorySegment.ofArray(bytes), 0, bytes.length, VICTIM)) {
      throw new AssertionError("no room to send");
    }
  }

  /// Everything that is under way arrives and is acted upon.
  private void turn() {
    int work;
    do {
      work = attacker.doWork() + node.doWork() + verifier.doWork();
    } while (work > 0);
  }
}
