package org.vexor.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ShredAccountTest {
  @Test
  void closesWhenEveryShredHasAName() {
    var account =
        new ShredAccount(
            100, 20, Map.of("receive_buffer_full", 5L), 75, 60, 4, 10, Map.of("bad_signature", 1L));
    assertTrue(account.closes());
  }

  @Test
  void saysHowManyShredsAreUnexplained() {
    var vanished = new ShredAccount(100, 20, Map.of(), 79, 79, 0, 0, Map.of());
    assertFalse(vanished.closes());
    assertEquals(1, vanished.unexplainedOnTheWay());
    var forgotten = new ShredAccount(100, 20, Map.of(), 80, 78, 0, 0, Map.of());
    assertFalse(forgotten.closes());
    assertEquals(2, forgotten.unexplainedAtReceivers());
  }
}
