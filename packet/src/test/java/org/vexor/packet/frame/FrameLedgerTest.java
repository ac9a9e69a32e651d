package org.vexor.packet.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class FrameLedgerTest {
  private static final int FRAMES = 8;

  /// Any order of takes, gives, retains and releases leaves each frame in one place, and none is
  /// lost.
  @Property(tries = 500)
  void aFrameIsNeverInTwoPlaces(
      @ForAll @Size(max = 200) List<@IntRange(min = 0, max = 5) Integer> steps) {
    var ledger = new FrameLedger(FRAMES, 2);
    var inHand = new ArrayDeque<Integer>();
    Map<Integer, Integer> users = new HashMap<>();
    for (int step : steps) {
      switch (step) {
        case 0, 1 -> {
          int frame = ledger.take();
          if (frame != FrameLedger.NONE) {
            assertFalse(inHand.contains(frame));
            assertFalse(users.containsKey(frame));
            inHand.add(frame);
          }
        }
        case 2 -> {
          if (!inHand.isEmpty() && ledger.retain(inHand.peekLast())) {
            users.merge(inHand.peekLast(), 1, Integer::sum);
          }
        }
        case 3 -> {
          if (!inHand.isEmpty()) {
            ledger.give(inHand.pollFirst());
          }
        }
        case 4 -> {
          if (!users.isEmpty()) {
            int frame = users.keySet().iterator().next();
            ledger.release(frame);
            users.computeIfPresent(frame, (_, count) -> count == 1 ? null : count - 1);
          }
        }
        default -> ledger.reclaim();
      }
      assertTrue(ledger.retained() <= FRAMES - 2);
    }
    inHand.forEach(ledger::give);
    users.forEach(
        (frame, count) -> {
          for (int i = 0; i < count; i++) {
            ledger.release(frame);
          }
        });
    ledger.reclaim();
    assertEquals(FRAMES, ledger.available());
    assertEquals(0, ledger.retained());
  }

  @Test
  void releasesFromOtherThreadsAllComeBack() throws InterruptedException {
    var ledger = new FrameLedger(64, 4);
    var handedOver = new ConcurrentLinkedQueue<Integer>();
    int total = 100_000;
    var threads = new ArrayList<Thread>();
    var released = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (released.get() < total) {
                      Integer frame = handedOver.poll();
                      if (frame == null) {
                        Thread.onSpinWait();
                      } else {
                        ledger.release(frame);
                        released.incrementAndGet();
                      }
                    }
                  }));
    }
    int given = 0;
    while (given < total) {
      int frame = ledger.take();
      if (frame == FrameLedger.NONE) {
        Thread.onSpinWait();
        continue;
      }
      if (ledger.retain(frame)) {
        handedOver.add(frame);
        given++;
      }
      ledger.give(frame);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    ledger.reclaim();
    assertEquals(64, ledger.available());
    assertEquals(0, ledger.retained());
  }
}
