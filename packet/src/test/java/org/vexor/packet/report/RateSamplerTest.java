package org.vexor.packet.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.packet.DropReason;
import org.vexor.packet.TrafficCounters;

final class RateSamplerTest {
  private static final long SECOND_NS = 1_000_000_000L;

  /// Near where the clock wraps: only differences count.
  private long nowNs = Long.MAX_VALUE - 5 * SECOND_NS;

  private final TrafficCounters counters = new TrafficCounters();
  private final RateSampler sampler = new RateSampler(counters, () -> nowNs);

  private void pass(long ns, int datagrams) {
    nowNs += ns;
    for (int i = 0; i < datagrams; i++) {
      counters.received(100);
    }
  }

  @Test
  void saysNothingBeforeASecondHasPassed() {
    pass(SECOND_NS / 2, 10);
    assertFalse(sampler.sample());
    assertEquals(Optional.empty(), sampler.lastSecond());
    assertEquals(Optional.empty(), sampler.lastMinute());
  }

  @Test
  void dividesByTheTimeThatReallyPassed() {
    pass(2 * SECOND_NS, 1000);
    counters.sent(50);
    counters.dropped(DropReason.RECEIVE_BUFFER_FULL, 8);
    counters.dropped(DropReason.SEND_REFUSED, 2);
    assertTrue(sampler.sample());
    assertEquals(Optional.of(new Rates(2, 500, 400_000, 0.5, 200, 5)), sampler.lastSecond());
  }

  @Test
  void theMinuteReachesBackSixtySecondsAndNoFurther() {
    for (int second = 0; second < 200; second++) {
      pass(SECOND_NS, second < 139 ? 7 : second < 140 ? 600 : 1);
      assertTrue(sampler.sample());
    }
    assertEquals(1, sampler.lastSecond().orElseThrow().receivedPackets());
    Rates minute = sampler.lastMinute().orElseThrow();
    assertEquals(60, minute.seconds());
    assertEquals(1, minute.receivedPackets());
  }

  @Test
  void theFirstMinuteIsOverWhatThereIs() {
    pass(SECOND_NS, 30);
    sampler.sample();
    pass(SECOND_NS, 10);
    sampler.sample();
    Rates minute = sampler.lastMinute().orElseThrow();
    assertEquals(2, minute.seconds());
    assertEquals(20, minute.receivedPackets());
  }
}
