package org.vexor.linux.xdp;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Queue;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/// The rings over plain memory, with the test in the place of the kernel.
final class RingTest {
  private static final RingOffsets OFFSETS = new RingOffsets(0, 128, 320, 196);
  private static final int SIZE = 8;

  /// Starts so that the indexes wrap after three entries.
  private static final int NEAR_WRAP = -3;

  private static MemorySegment memory(int start) {
    MemorySegment memory = Arena.ofAuto().allocate(320 + SIZE * 16, 64);
    memory.set(JAVA_INT, OFFSETS.producer(), start);
    memory.set(JAVA_INT, OFFSETS.consumer(), start);
    return memory;
  }

  private static int producer(MemorySegment memory) {
    return memory.get(JAVA_INT, OFFSETS.producer());
  }

  private static int consumer(MemorySegment memory) {
    return memory.get(JAVA_INT, OFFSETS.consumer());
  }

  @Test
  void fullRingHasNoRoomUntilTheKernelTakes() {
    MemorySegment memory = memory(NEAR_WRAP);
    FillRing ring = new FillRing(memory, OFFSETS, SIZE);
    assertEquals(SIZE, ring.reserve(100));
    for (int i = 0; i < SIZE; i++) {
      ring.put(i, 4096L * i);
    }
    assertEquals(NEAR_WRAP, producer(memory), "nothing is published before submit");
    ring.submit(SIZE);
    assertEquals(NEAR_WRAP + SIZE, producer(memory));
    assertEquals(0, ring.reserve(1));
    assertEquals(SIZE, ring.pending());
    memory.set(JAVA_INT, OFFSETS.consumer(), NEAR_WRAP + 3);
    assertEquals(3, ring.reserve(SIZE));
    assertEquals(SIZE - 3, ring.pending());
    for (int i = 0; i < SIZE; i++) {
      int slot = NEAR_WRAP + i & SIZE - 1;
      assertEquals(4096L * i, memory.get(JAVA_LONG, OFFSETS.entries() + slot * 8L));
    }
  }

  @Test
  void descriptorsAreReadAsTheKernelWroteThem() {
    MemorySegment memory = memory(NEAR_WRAP);
    ReceiveRing ring = new ReceiveRing(memory, OFFSETS, SIZE);
    assertEquals(0, ring.available(64));
    for (int i = 0; i < 5; i++) {
      long slot = OFFSETS.entries() + (NEAR_WRAP + i & SIZE - 1) * 16L;
      memory.set(JAVA_LONG, slot, 2048L * i + 256);
      memory.set(JAVA_INT, slot + 8, 100 + i);
    }
    memory.set(JAVA_INT, OFFSETS.producer(), NEAR_WRAP + 5);
    assertEquals(2, ring.available(2));
    assertEquals(5, ring.available(64));
    for (int i = 0; i < 5; i++) {
      assertEquals(2048L * i + 256, ring.address(i));
      assertEquals(100 + i, ring.length(i));
    }
    ring.release(4);
    assertEquals(NEAR_WRAP + 4, consumer(memory));
    assertEquals(1, ring.available(64));
    assertEquals(104, ring.length(0));
  }

  @Test
  void wakeupIsWantedWhenTheFlagIsUp() {
    MemorySegment memory = memory(0);
    TransmitRing ring = new TransmitRing(memory, OFFSETS, SIZE);
    assertFalse(ring.needsWakeup());
    memory.set(JAVA_INT, OFFSETS.flags(), 1);
    assertTrue(ring.needsWakeup());
  }

  /// A pair of rings as fill and receive, or transmit and completion, are: what goes in comes out,
  /// once and in order, whatever the batches and wherever the indexes start.
  @Property(tries = 200)
  void everyFrameComesBackOnceAndInOrder(@ForAll int start, @ForAll byte[] sizes) {
    MemorySegment out = memory(start);
    MemorySegment back = memory(start);
    TransmitRing transmit = new TransmitRing(out, OFFSETS, SIZE);
    CompletionRing completion = new CompletionRing(back, OFFSETS, SIZE);
    Queue<Long> inFlight = new ArrayDeque<>();
    long next = 0;
    int kernelTaken = start;
    int kernelGiven = start;
    for (byte any : sizes) {
      int batch = 1 + (any & 0xf);
      int room = transmit.reserve(batch);
      assertEquals(Math.min(batch, SIZE - (producer(out) - consumer(out))), room);
      for (int i = 0; i < room; i++) {
        transmit.put(i, next, 60);
        inFlight.add(next++);
      }
      transmit.submit(room);
      int take = Math.max(1, batch / 2);
      while (take-- > 0 && kernelTaken != producer(out) && kernelGiven - consumer(back) < SIZE) {
        long slot = OFFSETS.entries() + (kernelTaken & SIZE - 1) * 16L;
        long address = out.get(JAVA_LONG, slot);
        back.set(JAVA_LONG, OFFSETS.entries() + (kernelGiven & SIZE - 1) * 8L, address);
        out.set(JAVA_INT, OFFSETS.consumer(), ++kernelTaken);
        back.set(JAVA_INT, OFFSETS.producer(), ++kernelGiven);
      }
      int done = completion.available(batch);
      for (int i = 0; i < done; i++) {
        assertEquals(inFlight.remove(), completion.address(i));
      }
      completion.release(done);
    }
    assertEquals(producer(out) - consumer(back), inFlight.size());
  }

  @Test
  void ringOperationsAllocateNothing() {
    MemorySegment out = memory(NEAR_WRAP);
    MemorySegment in = memory(NEAR_WRAP);
    TransmitRing transmit = new TransmitRing(out, OFFSETS, SIZE);
    ReceiveRing receive = new ReceiveRing(in, OFFSETS, SIZE);
    cycle(transmit, receive, out, in, 100_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    long sum = cycle(transmit, receive, out, in, 100_000);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(sum >= 0);
    assertTrue(allocated < 4096, () -> allocated + " bytes for 400,000 packets");
  }

  private static long cycle(
      TransmitRing transmit, ReceiveRing receive, MemorySegment out, MemorySegment in, int rounds) {
    long sum = 0;
    for (int round = 0; round < rounds; round++) {
      int room = transmit.reserve(4);
      for (int i = 0; i < room; i++) {
        transmit.put(i, 2048L * i, 60);
      }
      transmit.submit(room);
      out.set(JAVA_INT, OFFSETS.consumer(), out.get(JAVA_INT, OFFSETS.producer()));
      in.set(JAVA_INT, OFFSETS.producer(), in.get(JAVA_INT, OFFSETS.producer()) + 4);
      int count = receive.available(64);
      for (int i = 0; i < count; i++) {
        sum += receive.length(i) + (receive.address(i) & 1);
      }
      receive.release(count);
    }
    return sum;
  }
}
