package org.vexor.gossip.push;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.vexor.gossip.TestIdentities.key;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.vexor.gossip.table.Stakes;
import org.vexor.solana.Pubkey;

final class ReceivedCacheTest {
  private static final Pubkey SELF = key(0);
  private static final Pubkey ORIGIN = key(9);

  private final ReceivedCache cache = new ReceivedCache(SELF);

  @Test
  void nobodyIsPrunedBeforeTwentyNews() {
    deliver(19);
    assertEquals(List.of(), cache.superfluous(ORIGIN, Stakes.NONE));
    deliver(1);
    assertEquals(List.of(key(3), key(4)), cache.superfluous(ORIGIN, Stakes.NONE));
    assertEquals(List.of(), cache.superfluous(ORIGIN, Stakes.NONE), "counting starts over");
  }

  @Test
  void asManyStayAsBringEnoughStake() {
    Stakes stakes =
        Stakes.of(Map.of(SELF, 1000L, ORIGIN, 1000L, key(1), 50L, key(2), 50L, key(3), 60L));
    deliver(20);
    assertEquals(List.of(key(4)), cache.superfluous(ORIGIN, stakes), "150 are needed");
  }

  @Test
  void theOwnerItselfIsNeverPruned() {
    for (int i = 0; i < 20; i++) {
      cache.record(ORIGIN, key(1), 0);
      cache.record(ORIGIN, key(2), 1);
      cache.record(ORIGIN, ORIGIN, 2);
      cache.record(ORIGIN, key(4), ReceivedCache.NOT_TIMELY);
    }
    assertEquals(List.of(key(4)), cache.superfluous(ORIGIN, Stakes.NONE));
  }

  /// 1 is first, 2 second, 3 third, and 4 always too late.
  private void deliver(int times) {
    for (int i = 0; i < times; i++) {
      cache.record(ORIGIN, key(1), 0);
      cache.record(ORIGIN, key(2), 1);
      cache.record(ORIGIN, key(3), 2);
      cache.record(ORIGIN, key(4), 3);
    }
  }
}
