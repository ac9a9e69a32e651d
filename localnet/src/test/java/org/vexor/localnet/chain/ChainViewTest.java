package org.vexor.localnet.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.vexor.localnet.chain.SeenBlock.SeenVote;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

final class ChainViewTest {
  private static final Hash HASH = Hash.of(new byte[Hash.LENGTH]);
  private static final Pubkey BIG = key(1);
  private static final Pubkey SMALL = key(2);

  private final ChainView view = new ChainView(HASH, Map.of(BIG, 60L, SMALL, 40L));
  private final List<Long> told = new ArrayList<>();

  private static Pubkey key(int number) {
    byte[] bytes = new byte[Pubkey.LENGTH];
    bytes[0] = (byte) number;
    return Pubkey.of(bytes);
  }

  private static Signature signature(long slot) {
    byte[] bytes = new byte[Signature.LENGTH];
    bytes[0] = (byte) slot;
    bytes[1] = (byte) (slot >> 8);
    return Signature.of(bytes);
  }

  private void see(long slot, long parent, SeenVote... votes) {
    view.seen(new SeenBlock(slot, parent, HASH, List.of(signature(slot)), List.of(votes)));
  }

  private static SeenVote vote(Pubkey account, Tower tower, long slot) {
    return new SeenVote(account, tower.vote(slot, HASH, 0, HASH));
  }

  @Test
  void tellsInWhichBlockATransactionIs() {
    see(1, 0);
    assertEquals(OptionalLong.of(1), view.slotOf(signature(1)));
    assertEquals(OptionalLong.empty(), view.slotOf(signature(2)));
  }

  @Test
  void aBlockWaitsForItsParent() {
    view.onBlock(block -> told.add(block.slot()));
    see(2, 1);
    assertEquals(List.of(), told);
    see(1, 0);
    assertEquals(List.of(1L, 2L), told);
    assertEquals(2, view.blocks().latest().height());
  }

  @Test
  void aBlockThatNeverComesIsNotWaitedForForEver() {
    see(1, 0);
    for (long slot = 3; slot < 30; slot++) {
      see(slot, slot - 1);
    }
    assertEquals(29, view.blocks().latest().slot());
  }

  @Test
  void isConfirmedByTwoThirdsOfTheStake() {
    see(1, 0);
    see(2, 1, vote(BIG, new Tower(), 1));
    assertEquals(0, view.confirmedSlot(), "60 of 100 is not enough");
    see(3, 2, vote(SMALL, new Tower(), 2));
    assertEquals(1, view.confirmedSlot());
    see(4, 3, vote(key(9), new Tower(), 3));
    assertEquals(1, view.confirmedSlot(), "strangers have no stake");
  }

  @Test
  void isFinalizedWhenRooted() {
    Tower big = new Tower();
    Tower small = new Tower();
    see(1, 0);
    for (long slot = 2; slot <= 40; slot++) {
      see(slot, slot - 1, vote(BIG, big, slot - 1), vote(SMALL, small, slot - 1));
    }
    assertEquals(39, view.confirmedSlot());
    assertEquals(8, view.rootedSlot());
  }

  @Test
  void forgetsOldTransactions() {
    for (long slot = 1; slot <= 400; slot++) {
      see(slot, slot - 1);
    }
    assertEquals(OptionalLong.empty(), view.slotOf(signature(1)));
    assertTrue(view.slotOf(signature(399)).isPresent());
  }
}
