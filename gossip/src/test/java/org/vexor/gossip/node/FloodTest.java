package org.vexor.gossip.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.address;
import static org.vexor.gossip.TestIdentities.key;
import static org.vexor.gossip.TestIdentities.signed;
import static org.vexor.gossip.TestIdentities.signedContact;
import static org.vexor.gossip.TestIdentities.signer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.crds.CrdsData;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.Datagrams;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.table.Stakes;
import org.vexor.packet.PacketPort;
import org.vexor.solana.Pubkey;

/// Valid messages, ten times as many as the node can check, while others go on as ever.
final class FloodTest {
  private static final int HONEST = 8;
  private static final int FIRST_HONEST = 10;
  private static final int FLOODERS = 16;
  private static final int FIRST_FLOODER = 40;

  private static final long STEP_MS = 100;

  /// What the verifier takes at a time, which is once a step.
  private static final int CHECKED_IN_A_STEP = 64;

  private static final int FLOOD_IN_A_STEP = 10 * CHECKED_IN_A_STEP;
  private static final int SECONDS = 5;

  private final SurroundedNode lab = new SurroundedNode();
  private final Map<Integer, PacketPort> ports = new HashMap<>();
  private final List<Long> toldMs = new ArrayList<>();
  private long sequence;

  @AfterEach
  void close() {
    lab.close();
  }

  @Test
  void whoHasStakeIsHeardInAFloodOfTenTimesTheCapacity() {
    var stakes = new HashMap<Pubkey, Long>();
    for (int i = FIRST_HONEST; i < FIRST_HONEST + HONEST; i++) {
      stakes.put(key(i), Stakes.LAMPORTS_PER_SOL);
    }
    lab.node.stakes(Stakes.of(stakes));
    flood();
    long latestMs = toldMs.getLast();
    for (int i = FIRST_HONEST; i < FIRST_HONEST + HONEST; i++) {
      assertEquals(latestMs, lab.node.contact(key(i)).orElseThrow().wallclockMs(), "node " + i);
    }
  }

  /// They wait in one line with the flood then, and are heard one time in ten.
  @Test
  void withoutStakeNobodyIsForgottenInAFlood() {
    flood();
    for (int i = FIRST_HONEST; i < FIRST_HONEST + HONEST; i++) {
      assertTrue(lab.node.contact(key(i)).isPresent(), "node " + i);
    }
  }

  private void flood() {
    introduce(FIRST_HONEST, HONEST);
    introduce(FIRST_FLOODER, FLOODERS);
    assertEquals(1 + HONEST + FLOODERS, lab.node.table().contactCount());
    long checkedBefore = checked();
    int steps = (int) (SECONDS * 1000 / STEP_MS);
    for (int step = 0; step < steps; step++) {
      lab.nowMs += STEP_MS;
      for (int i = 0; i < FLOOD_IN_A_STEP; i++) {
        floodFrom(FIRST_FLOODER + i % FLOODERS);
      }
      if (step % 10 == 0) {
        toldMs.add(lab.nowMs);
        for (int i = FIRST_HONEST; i < FIRST_HONEST + HONEST; i++) {
          push(i, signedContact(i, lab.nowMs));
        }
      }
      while (lab.around.doWork() + lab.node.doWork() > 0) {}
      lab.verifier.doWork();
      assertTrue(lab.queue.waiting() <= 2 * SurroundedNode.QUEUE);
    }
    lab.turn();
    long capacity = (long) steps * CHECKED_IN_A_STEP + 2 * SurroundedNode.QUEUE;
    assertTrue(checked() - checkedBefore <= capacity, "the flood is above what can be checked");
    requireAccountsClose();
    requireTableHoldsTogether();
  }

  /// News of a flooder, each under one of its 255 labels, signed as it should be.
  private void floodFrom(int number) {
    int index = (int) (sequence++ / FLOODERS % CrdsData.EpochSlots.COUNT);
    push(
        number,
        signed(
            number,
            new CrdsData.EpochSlots(index, key(number), List.of(), lab.nowMs - sequence % 7)));
  }

  private void push(int number, CrdsValue value) {
    lab.send(port(number), new GossipMessage.Push(key(number), List.of(value)));
  }

  private void introduce(int first, int count) {
    for (int i = first; i < first + count; i++) {
      push(i, signedContact(i, lab.nowMs));
    }
    lab.turn();
  }

  private PacketPort port(int number) {
    return ports.computeIfAbsent(
        number,
        n ->
            lab.open(
                address(n),
                (in, bytes) -> {
                  if (Datagrams.read(bytes) instanceof Ping ping) {
                    lab.send(in, Pong.answer(signer(n), ping));
                  }
                }));
  }

  private long checked() {
    return lab.count(GossipCount.PUSHES);
  }

  /// Every datagram has one end, and most have that of a verifier that is full.
  private void requireAccountsClose() {
    long ended = 0;
    for (GossipCount count :
        List.of(
            GossipCount.OVER_BUDGET,
            GossipCount.UNREADABLE,
            GossipCount.VERIFIER_FULL,
            GossipCount.NOTHING_NEW,
            GossipCount.FROM_SELF,
            GossipCount.PULL_REQUESTS,
            GossipCount.PULL_RESPONSES,
            GossipCount.PUSHES,
            GossipCount.PRUNES,
            GossipCount.PINGS,
            GossipCount.PONGS)) {
      ended += lab.count(count);
    }
    assertEquals(lab.count(GossipCount.DATAGRAMS), ended, lab.node.counters().all()::toString);
    long shed = lab.count(GossipCount.VERIFIER_FULL) + lab.count(GossipCount.NOTHING_NEW);
    assertTrue(shed > 0.8 * SECONDS * 1000 / STEP_MS * FLOOD_IN_A_STEP, () -> "shed " + shed);
    assertTrue(lab.count(GossipCount.VERIFIER_FULL) > 0);
    assertEquals(0, lab.count(GossipCount.BAD_SIGNATURES));
  }

  private void requireTableHoldsTogether() {
    var table = lab.node.table();
    assertEquals(1 + HONEST + FLOODERS, table.ownerCount());
    assertTrue(
        table.size() <= 1 + HONEST + FLOODERS * (1 + CrdsData.EpochSlots.COUNT),
        "values of labels");
    int[] inParts = new int[1];
    for (long part = 0; part < 64; part++) {
      table.forEachInPart((part << 58) | (-1L >>> 6), 6, entry -> inParts[0]++);
    }
    assertEquals(table.size(), inParts[0], "every value is in its part, and only there");
  }
}
