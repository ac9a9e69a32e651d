package org.vexor.turbine.tvu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class WarmUpTest {
  @ParameterizedTest
  @EnumSource(ThreadingMode.class)
  void itsShredsGoAllTheWayAndItStopsWhenTold(ThreadingMode threading) {
    var asked = new AtomicInteger();
    assertEquals(8, WarmUp.run(threading, () -> asked.incrementAndGet() > 2));
    assertEquals(0, WarmUp.run(threading, () -> true));
  }
}
