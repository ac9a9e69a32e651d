package org.vexor.localnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
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

  @Test
  void readsTheKernelsDropsOfItsPortsAlone() {
    List<String> table =
        List.of(
            "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid"
                + "  timeout inode ref pointer drops",
            "  414: 0100007F:2390 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
                + "        0 12345 2 0000000000000000 7",
            "  415: 0100007F:2391 00000000:0000 07 00000000:00000000 00:00000000 00000000     0"
                + "        0 12346 2 0000000000000000 9");
    assertEquals(7, KernelDrops.count(table, Set.of(0x2390)));
    assertEquals(16, KernelDrops.count(table, Set.of(0x2390, 0x2391)));
  }
}
