package org.vexor.node.front;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.vexor.solana.Signature;

final class SeenBlocksTest {
  private final SplittableRandom random = new SplittableRandom(1);
  private final SeenBlocks blocks = new SeenBlocks();

  private List<Signature> signatures(int count) {
    var signatures = new ArrayList<Signature>();
    for (int i = 0; i < count; i++) {
      byte[] bytes = new byte[Signature.LENGTH];
      random.nextBytes(bytes);
      signatures.add(Signature.of(bytes));
    }
    return signatures;
  }

  @Test
  void knowWhichOfTheLatestBlocksHoldsATransaction() {
    assertEquals(OptionalLong.empty(), blocks.newest());
    var perBlock = new ArrayList<List<Signature>>();
    for (int slot = 0; slot < 600; slot++) {
      perBlock.add(signatures(slot % 7));
      blocks.add(slot, perBlock.getLast());
    }
    assertEquals(OptionalLong.of(599), blocks.newest());
    for (int slot = 0; slot < 600; slot++) {
      OptionalLong expected = slot < 600 - 512 ? OptionalLong.empty() : OptionalLong.of(slot);
      for (Signature signature : perBlock.get(slot)) {
        assertEquals(expected, blocks.slotOf(signature));
      }
    }
    signatures(100)
        .forEach(stranger -> assertEquals(OptionalLong.empty(), blocks.slotOf(stranger)));
  }

  @Test
  void blocksThatComeLateDoNotTurnTheSlotBack() {
    blocks.add(10, List.of());
    blocks.add(8, List.of());
    assertEquals(OptionalLong.of(10), blocks.newest());
  }
}
