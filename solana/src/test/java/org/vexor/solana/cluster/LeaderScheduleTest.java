package org.vexor.solana.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.WeightedShuffle;
import org.vexor.testkit.Fixtures;

final class LeaderScheduleTest {
  @Test
  void drawsTheSmallSchedulesOfAgave() throws IOException {
    JsonNode vectors =
        new JsonMapper()
            .readTree(Fixtures.solanaBytes("agave/kat-random.json"))
            .get("leader_schedule");
    for (JsonNode vector : vectors) {
      List<StakedLeader> stakes = new ArrayList<>();
      for (JsonNode stake : vector.get("stakes")) {
        Pubkey key = key(stakes.size());
        stakes.add(new StakedLeader(key, key, stake.asLong()));
      }
      LeaderSchedule schedule =
          LeaderSchedule.compute(
              vector.get("epoch").asLong(),
              stakes,
              0,
              vector.get("len").asInt(),
              vector.get("repeat").asInt());
      for (int slot = 0; slot < vector.get("len").asInt(); slot++) {
        assertEquals(
            Optional.of(key(vector.get("order").get(slot).asInt())), schedule.leader(slot));
      }
    }
  }

  @Test
  void equalStakesAreOrderedByKeyDescending() {
    List<StakedLeader> stakes = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      stakes.add(new StakedLeader(key(i), key(i), 7));
    }
    LeaderSchedule schedule = LeaderSchedule.compute(3, stakes, 0, 400);
    assertEquals(
        schedule.leader(99), LeaderSchedule.compute(3, stakes.reversed(), 0, 400).leader(99));
    // The same identities, the order of their vote accounts turned round: other leaders.
    List<StakedLeader> turned = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      turned.add(new StakedLeader(key(i), key(9 - i), 7));
    }
    LeaderSchedule other = LeaderSchedule.compute(3, turned, 0, 400);
    for (long slot = 0; slot < 400; slot++) {
      int mirrored = 4 - schedule.leader(slot).orElseThrow().byteAt(0);
      assertEquals(Optional.of(key(mirrored)), other.leader(slot));
    }
  }

  @Test
  void answersOnlyInsideItsSlots() {
    LeaderSchedule schedule = LeaderSchedule.of(100, List.of(key(1), key(2), key(1)));
    assertEquals(Optional.of(key(2)), schedule.leader(101));
    assertEquals(Optional.empty(), schedule.leader(99));
    assertEquals(Optional.empty(), schedule.leader(103));
    assertEquals(Optional.empty(), schedule.leader(Long.MIN_VALUE));
    assertArrayEquals(new long[] {100, 102}, schedule.slotsOf(key(1)));
    assertArrayEquals(new long[0], schedule.slotsOf(key(3)));
  }

  @Test
  void refusesStakesOfNobody() {
    assertThrows(
        IllegalArgumentException.class,
        () -> LeaderSchedule.compute(0, List.of(new StakedLeader(key(1), key(1), 0)), 0, 4));
  }

  /// Schedule, shuffle and seed in one: the first hop of every shred that one node of a recorded
  /// cluster sends as leader, as Firedancer computes it.
  @Test
  void firstHopsOfARecordedClusterAgree() throws Exception {
    Cluster cluster = Cluster.read();
    Pubkey self = Pubkey.of(Fixtures.solanaBytes("firedancer/cluster_info_pubkey.bin"));
    byte[] peers = Fixtures.solanaBytes("firedancer/broadcast_peers.bin");
    LeaderSchedule schedule = LeaderSchedule.compute(0, cluster.stakes(), 0, 10_000);
    WeightedShuffle shuffle = new WeightedShuffle();
    shuffle.weights(cluster.weights, cluster.weights.length);
    ChaCha random = ChaCha.chaCha8();
    int checked = 0;
    for (long slot : schedule.slotsOf(self)) {
      for (int coding = 0; coding < 2; coding++) {
        for (int index = 1; index <= 64; index += 3) {
          shuffle.reset();
          shuffle.remove(cluster.keys.indexOf(self));
          random.seed(seed(slot, coding == 1, index + coding, self), 0);
          int first = shuffle.next(random);
          Pubkey expected = Pubkey.of(peers, checked++ * Pubkey.LENGTH);
          assertEquals(expected, cluster.reachable[first] ? cluster.keys.get(first) : Pubkey.ZERO);
        }
      }
    }
    assertEquals(880, checked);
    assertEquals(peers.length, checked * Pubkey.LENGTH);
  }

  private static byte[] seed(long slot, boolean coding, int index, Pubkey leader) throws Exception {
    ByteBuffer input = ByteBuffer.allocate(45).order(ByteOrder.LITTLE_ENDIAN);
    input.putLong(slot).put((byte) (coding ? 0x5a : 0xa5)).putInt(index).put(leader.bytes());
    return MessageDigest.getInstance("SHA-256").digest(input.array());
  }

  private static Pubkey key(int number) {
    byte[] bytes = new byte[32];
    bytes[0] = (byte) number;
    return Pubkey.of(bytes);
  }

  private static final class Cluster {
    private static final int ENTRY_BYTES = 48;
    private final List<Pubkey> keys = new ArrayList<>();
    private final long[] weights;
    private final boolean[] reachable;

    private Cluster(int nodes) {
      weights = new long[nodes];
      reachable = new boolean[nodes];
    }

    private static Cluster read() {
      byte[] bytes = Fixtures.solanaBytes("firedancer/cluster_info.bin");
      ByteBuffer entries = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      Cluster cluster = new Cluster(bytes.length / ENTRY_BYTES);
      for (int i = 0; i < cluster.weights.length; i++) {
        cluster.keys.add(Pubkey.of(bytes, i * ENTRY_BYTES));
        cluster.weights[i] = entries.getLong(i * ENTRY_BYTES + 32);
        cluster.reachable[i] = entries.getInt(i * ENTRY_BYTES + 40) != 0;
      }
      return cluster;
    }

    private List<StakedLeader> stakes() {
      List<StakedLeader> stakes = new ArrayList<>();
      for (int i = 0; i < weights.length; i++) {
        stakes.add(new StakedLeader(keys.get(i), keys.get(i), weights[i]));
      }
      return stakes;
    }
  }
}
