package org.vexor.localnet.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Hash;
import org.vexor.solana.vote.Lockout;
import org.vexor.solana.vote.TowerSync;

final class TowerTest {
  private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);

  private final Tower tower = new Tower();

  private TowerSync vote(long slot) {
    return tower.vote(slot, HASH, 0, HASH);
  }

  @Test
  void eachVoteConfirmsThoseBelowIt() {
    vote(1);
    vote(2);
    assertEquals(
        List.of(new Lockout(1, 3), new Lockout(2, 2), new Lockout(3, 1)), vote(3).lockouts());
  }

  @Test
  void votesWhoseLockoutIsOverGo() {
    vote(1);
    vote(2);
    vote(3);
    // 3 binds until 5 and 2 until 6, 1 until 9.
    assertEquals(List.of(new Lockout(1, 3), new Lockout(7, 1)), vote(7).lockouts());
  }

  @Test
  void theThirtySecondVoteRootsTheFirst() {
    for (long slot = 1; slot <= 31; slot++) {
      assertEquals(OptionalLong.empty(), vote(slot).root());
    }
    TowerSync full = vote(32);
    assertEquals(OptionalLong.of(1), full.root());
    assertEquals(31, full.lockouts().size());
    assertEquals(new Lockout(2, 31), full.lockouts().getFirst());
    assertEquals(new Lockout(32, 1), full.lockouts().getLast());
  }
}
