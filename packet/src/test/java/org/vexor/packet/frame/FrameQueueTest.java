package org.vexor.packet.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.frame.FrameQueue.Offer;
import org.vexor.packet.memory.MemoryNetwork;

final class FrameQueueTest {
  private static final int FRAMES = 64;

  private final MemoryNetwork network = new MemoryNetwork(3, () -> 0);
  private final PacketEngine engine =
      network.engine(EngineOptions.DEFAULT.withFrames(FRAMES, FRAMES));
  private final MemorySegment payload = Arena.ofAuto().allocate(4);
  private final List<Offer> offers = new ArrayList<>();
  private final List<Integer> taken = new ArrayList<>();

  @AfterEach
  void close() {
    engine.close();
  }

  private PacketPort port(FrameQueue queue) {
    return engine.open(
        PortOptions.bind(Endpoint.parse("10.0.0.1:1")),
        (_, datagram) -> offers.add(queue.offer(datagram)));
  }

  private void send(PacketPort port, int value) {
    payload.set(ValueLayout.JAVA_INT, 0, value);
    assertTrue(port.send(payload, 0, 4, port.localEndpoint()));
  }

  private void take(MemorySegment segment, long offset, int length, long receivedNs) {
    assertEquals(4, length);
    taken.add(segment.get(ValueLayout.JAVA_INT_UNALIGNED, offset));
  }

  /// The indexes are 32 bits that wrap: all is as before across it.
  @Test
  void keepsOrderAndBytesAcrossTheWrapOfItsIndexes() {
    var queue = new FrameQueue(engine, 8, -5);
    PacketPort port = port(queue);
    for (int i = 0; i < 40; i++) {
      send(port, i);
      engine.doWork();
      engine.doWork();
      if (i % 7 == 6) {
        assertEquals(7, queue.size());
        assertEquals(7, queue.drain(this::take, 100));
      }
    }
    queue.drain(this::take, 100);
    for (int i = 0; i < 40; i++) {
      assertEquals(i, taken.get(i));
    }
    assertEquals(40, offers.stream().filter(offer -> offer == Offer.TAKEN).count());
  }

  @Test
  void refusesWhatDoesNotFitAndTakesAgainWhenThereIsRoom() {
    var queue = new FrameQueue(engine, 4, Integer.MAX_VALUE - 1);
    PacketPort port = port(queue);
    for (int i = 0; i < 6; i++) {
      send(port, i);
    }
    engine.doWork();
    engine.doWork();
    assertEquals(List.of(Offer.FULL, Offer.FULL), offers.subList(4, 6));
    assertEquals(2, queue.drain(this::take, 2));
    send(port, 6);
    engine.doWork();
    engine.doWork();
    assertEquals(Offer.TAKEN, offers.getLast());
    queue.drain(this::take, 100);
    assertEquals(List.of(0, 1, 2, 3, 6), taken);
  }

  @Test
  void saysWhenTheEngineHasNoFrameToSpare() {
    var queue = new FrameQueue(engine, 2 * FRAMES);
    PacketPort port = port(queue);
    for (int i = 0; i < FRAMES; i++) {
      send(port, i);
      engine.doWork();
      engine.doWork();
    }
    assertEquals(Offer.NOT_RETAINED, offers.getLast());
    int queued = queue.drain(this::take, 1000);
    assertEquals(queued, offers.stream().filter(offer -> offer == Offer.TAKEN).count());
    send(port, 99);
    engine.doWork();
    engine.doWork();
    assertEquals(Offer.TAKEN, offers.getLast(), "the drained frames are back");
  }

  @Test
  void aTakerThatThrowsLosesOnlyItsOwnFrame() {
    var queue = new FrameQueue(engine, 8);
    PacketPort port = port(queue);
    for (int round = 0; round < FRAMES; round++) {
      send(port, 2 * round);
      send(port, 2 * round + 1);
      engine.doWork();
      engine.doWork();
      assertThrows(
          IllegalStateException.class,
          () ->
              queue.drain(
                  (_, _, _, _) -> {
                    throw new IllegalStateException("no");
                  },
                  8));
      assertEquals(1, queue.drain(this::take, 8));
    }
    assertEquals(FRAMES, taken.size());
  }

  @Test
  void takesNothingMoreOnceClosed() {
    var queue = new FrameQueue(engine, 8);
    PacketPort port = port(queue);
    send(port, 1);
    engine.doWork();
    engine.doWork();
    queue.close();
    send(port, 2);
    engine.doWork();
    engine.doWork();
    assertEquals(List.of(Offer.TAKEN, Offer.FULL), offers);
    assertEquals(1, queue.drain(this::take, 8));
  }

  /// Two threads: every frame that was taken arrives once, in order, with its bytes.
  @Test
  void twoThreadsSeeEveryFrameOnceAndInOrder() throws InterruptedException {
    var queue = new FrameQueue(engine, 16, -1000);
    PacketPort port = port(queue);
    var done = new AtomicBoolean();
    var taker =
        new Thread(
            () -> {
              while (!done.get() || queue.size() > 0) {
                if (queue.drain(this::take, 5) == 0) {
                  Thread.onSpinWait();
                }
              }
            });
    taker.start();
    for (int i = 0; i < 50_000; i++) {
      send(port, i);
      engine.doWork();
      engine.doWork();
      while (offers.getLast() == Offer.FULL && queue.size() == 16) {
        Thread.onSpinWait();
      }
    }
    done.set(true);
    taker.join();
    assertEquals(50_000, offers.size());
    int at = 0;
    for (int i = 0; i < offers.size(); i++) {
      if (offers.get(i) == Offer.TAKEN) {
        assertEquals(i, taken.get(at++));
      }
    }
    assertEquals(at, taken.size());
    assertTrue(at > 20_000, "only " + at + " were taken");
  }
}
