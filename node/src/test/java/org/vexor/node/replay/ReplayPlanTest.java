package org.vexor.node.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

final class ReplayPlanTest {
  private static final List<byte[]> ALL =
      IntStream.range(0, 1000).mapToObj(i -> new byte[] {(byte) i, (byte) (i >> 8)}).toList();

  /// Which datagrams, by the number each carries.
  private static List<Integer> numbers(List<byte[]> datagrams) {
    return datagrams.stream().map(d -> (d[0] & 0xff) | (d[1] & 0xff) << 8).toList();
  }

  private static List<Integer> drawn(double loss, boolean shuffle, long seed) {
    return numbers(ReplayPlan.draw(ALL, loss, shuffle, seed).datagrams());
  }

  @Property(tries = 50)
  void accountsCloseAndTheSeedDecides(
      @ForAll @DoubleRange(min = 0, max = 1) double loss,
      @ForAll boolean shuffle,
      @ForAll long seed) {
    List<Integer> kept = drawn(loss, shuffle, seed);
    assertEquals(ALL.size(), kept.size() + ReplayPlan.draw(ALL, loss, shuffle, seed).lost());
    assertEquals(kept.size(), new HashSet<>(kept).size(), "none twice");
    assertEquals(kept, drawn(loss, shuffle, seed));
  }

  @Test
  void withoutLossAndShuffleTheFileIsSentAsItIs() {
    assertEquals(numbers(ALL), drawn(0, false, 7));
  }

  @Test
  void shuffledIsAnotherOrderOfTheSame() {
    List<Integer> shuffled = drawn(0, true, 7);
    assertNotEquals(numbers(ALL), shuffled);
    assertEquals(numbers(ALL), shuffled.stream().sorted().toList());
  }

  @Test
  void aLossOfThreeInTenLosesAboutThatMany() {
    int lost = ReplayPlan.draw(ALL, 0.3, false, 7).lost();
    assertTrue(lost > 220 && lost < 380, "lost " + lost);
    assertEquals(1000, ReplayPlan.draw(ALL, 1, false, 7).lost());
  }

  @Test
  void refusesALossThatIsNoProbability() {
    for (double loss : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(
          IllegalArgumentException.class, () -> ReplayPlan.draw(ALL, loss, false, 1), "" + loss);
    }
  }
}
