package org.vexor.gossip.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.vexor.gossip.TestIdentities.key;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.table.Stakes;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;

final class ActiveSetTest {
  private static final Pubkey SELF = key(0);
  private static final List<Pubkey> PEERS =
      IntStream.rangeClosed(1, 40).mapToObj(i -> key(i)).toList();

  private final ActiveSet set = new ActiveSet(SELF, ChaCha.chaCha8());

  @Test
  void aRotationFillsAndThenChangesOnePeer() {
    assertFalse(set.isFilled());
    set.rotate(PEERS, Stakes.NONE);
    assertTrue(set.isFilled());
    Set<Pubkey> before = everybody(key(1000));
    set.rotate(PEERS, Stakes.NONE);
    Set<Pubkey> after = everybody(key(1001));
    assertEquals(ActiveSet.PEERS, after.size());
    after.removeAll(before);
    assertEquals(1, after.size());
  }

  @Test
  void newsGoToNinePeersButNotToTheirOwner() {
    set.rotate(PEERS, Stakes.NONE);
    Pubkey member = set.peersFor(key(99), Stakes.NONE).getFirst();
    assertEquals(ActiveSet.FANOUT, set.peersFor(key(99), Stakes.NONE).size());
    assertFalse(set.peersFor(member, Stakes.NONE).contains(member));
  }

  @Test
  void pruningMutesOneOwnerAtOnePeerAndNeverUs() {
    set.rotate(PEERS, Stakes.NONE);
    Pubkey peer = set.peersFor(key(99), Stakes.NONE).getFirst();
    set.prune(peer, List.of(key(99), SELF), Stakes.NONE);
    assertFalse(set.peersFor(key(99), Stakes.NONE).contains(peer));
    assertTrue(set.peersFor(key(98), Stakes.NONE).contains(peer));
    assertTrue(set.peersFor(SELF, Stakes.NONE).contains(peer));
  }

  @Test
  void ownersWithMuchStakeAreToldToPeersWithMuch() {
    long much = 1_000_000 * Stakes.LAMPORTS_PER_SOL;
    Stakes stakes = Stakes.of(Map.of(SELF, much, key(1), much, key(2), much));
    int heavy = 0;
    int light = 0;
    for (int seed = 0; seed < 20; seed++) {
      byte[] bytes = new byte[ChaCha.SEED_LENGTH];
      bytes[0] = (byte) seed;
      var staked = new ActiveSet(SELF, ChaCha.chaCha8().seed(bytes, 0));
      staked.rotate(PEERS, stakes);
      heavy += staked.peersFor(key(1), stakes).contains(key(2)) ? 1 : 0;
      light += staked.peersFor(key(99), stakes).contains(key(2)) ? 1 : 0;
    }
    assertEquals(20, heavy, "its weight is four hundred times that of the others");
    assertTrue(light < 15, "for an owner without stake all peers are alike: " + light);
  }

  /// All members, found by muting those who are first in line for an owner.
  private Set<Pubkey> everybody(Pubkey origin) {
    List<Pubkey> first = set.peersFor(origin, Stakes.NONE);
    first.forEach(peer -> set.prune(peer, List.of(origin), Stakes.NONE));
    var all = new HashSet<>(first);
    all.addAll(set.peersFor(origin, Stakes.NONE));
    return all;
  }
}
