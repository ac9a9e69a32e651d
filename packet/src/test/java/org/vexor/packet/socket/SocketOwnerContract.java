package org.vexor.packet.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Datagram;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;

/// What the engines on kernel sockets promise their owners: frames that never go astray, a change
/// of the owner, nothing left open, nothing allocated.
public abstract class SocketOwnerContract extends SocketEngineContract {
  @Test
  void anEngineMayHaveAnotherOwnerLater() throws InterruptedException {
    try (PacketEngine engine = engine(OPTIONS)) {
      var seen = new int[1];
      PacketPort receiver = open(engine, (_, _) -> seen[0]++);
      PacketPort sender = open(engine, (_, _) -> {});
      exchangeOne(engine, sender, receiver, seen, 1);
      var steps = new SynchronousQueue<Integer>();
      Thread second =
          new Thread(
              () -> {
                try {
                  exchangeOne(engine, sender, receiver, seen, 2);
                  steps.put(2);
                  // Alive and idle, as a thread of a pool is.
                  steps.put(3);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      second.start();
      assertEquals(2, steps.take());
      exchangeOne(engine, sender, receiver, seen, 3);
      receiver.close();
      assertEquals(3, steps.take());
      second.join();
      assertEquals(3, receiver.counters().received());
    }
  }

  private static void exchangeOne(
      PacketEngine engine, PacketPort sender, PacketPort receiver, int[] seen, int due) {
    assertTrue(send(sender, 40, receiver.localEndpoint()));
    drive(() -> seen[0] == due, engine);
  }

  /// Each sleeps until the other's datagram comes; a wake-up that gets lost takes all the patience.
  @Test
  void whoSleepsIsWokenByADatagram() throws InterruptedException {
    int rounds = 300;
    try (PacketEngine near = engine(OPTIONS);
        PacketEngine far = engine(OPTIONS)) {
      PacketPort echo =
          open(
              far,
              (port, datagram) -> {
                Endpoint from = datagram.source();
                assertTrue(port.send(datagram.segment(), datagram.offset(), 40, from));
              });
      var answers = new int[1];
      PacketPort client = open(near, (_, _) -> answers[0]++);
      long start = System.nanoTime();
      Thread other =
          new Thread(
              () -> {
                while (echo.counters().sent() < rounds && System.nanoTime() - start < PATIENCE_NS) {
                  if (far.doWork() == 0) {
                    far.await(PATIENCE_NS);
                  }
                }
              });
      other.start();
      for (int round = 1; round <= rounds; round++) {
        assertTrue(send(client, 40, echo.localEndpoint()));
        while (answers[0] < round && System.nanoTime() - start < PATIENCE_NS) {
          if (near.doWork() == 0) {
            near.await(PATIENCE_NS);
          }
        }
      }
      other.join();
      assertEquals(rounds, answers[0]);
      assertTrue(System.nanoTime() - start < PATIENCE_NS / 2, "a sleeper was not woken");
    }
  }

  /// The numbers are free at once, or as soon as the kernel has put its references away.
  @Test
  void anEngineMayBeClosedByAThreadThatDidNotDriveIt() throws InterruptedException {
    PacketEngine engine = engine(OPTIONS);
    PacketPort receiver = open(engine, (_, _) -> {});
    PacketPort sender = open(engine, (_, _) -> {});
    var steps = new SynchronousQueue<Integer>();
    Thread driver =
        new Thread(
            () -> {
              try {
                assertTrue(send(sender, 40, receiver.localEndpoint()));
                drive(() -> receiver.counters().received() == 1, engine);
                steps.put(1);
                steps.put(2);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    driver.start();
    assertEquals(1, steps.take());
    engine.close();
    try (PacketEngine next = engine(OPTIONS)) {
      var bound = new boolean[1];
      drive(
          () -> {
            try {
              PacketPort _ = next.open(PortOptions.bind(receiver.localEndpoint()), (_, _) -> {});
              bound[0] = true;
            } catch (PortException e) {
              assertTrue(e.outcome().contains("EADDRINUSE"), e::outcome);
            }
            return bound[0];
          });
    }
    assertEquals(2, steps.take());
    driver.join();
  }

  /// One thread releases what another retains; every frame that comes keeps its bytes until then,
  /// and in the end all can be retained again.
  @Test
  void framesNeverGoAstray() throws InterruptedException {
    var held = new ArrayBlockingQueue<long[]>(64);
    var wrong = new int[1];
    var counts = new int[2];
    var random = new SplittableRandom(11);
    try (PacketEngine engine = engine(OPTIONS)) {
      var frames = new MemorySegment[1];
      Thread releaser =
          new Thread(
              () -> {
                try {
                  while (true) {
                    long[] frame = held.take();
                    if (frame.length == 0) {
                      return;
                    }
                    if (frames[0].get(INT, frame[1]) != frame[2]) {
                      wrong[0]++;
                    }
                    engine.release(frame[0]);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      PacketPort receiver =
          open(
              engine,
              (_, datagram) -> {
                counts[0]++;
                frames[0] = datagram.segment();
                if (random.nextInt(3) > 0) {
                  return;
                }
                long frame = datagram.retain();
                int number = datagram.segment().get(INT, datagram.offset());
                if (frame != Datagram.NOT_RETAINED
                    && !held.offer(new long[] {frame, datagram.offset(), number})) {
                  engine.release(frame);
                }
              });
      PacketPort sender = open(engine, (_, _) -> {});
      releaser.start();
      Endpoint to = receiver.localEndpoint();
      for (int i = 0; i < 20_000; i++) {
        long at = sender.reserve(100);
        sender.sendSegment().set(INT, at, i);
        sender.commit(100, to.high(), to.low(), to.port());
        if (random.nextInt(40) == 0 || sender.queued() > 200) {
          int committed = i + 1;
          drive(() -> counts[0] == committed, engine);
        }
      }
      drive(() -> counts[0] == 20_000, engine);
      held.put(new long[0]);
      releaser.join();
      assertEquals(0, wrong[0]);
      var kept = new ArrayDeque<Long>();
      PacketPort last =
          open(
              engine,
              (_, datagram) -> {
                counts[1]++;
                long frame = datagram.retain();
                if (frame != Datagram.NOT_RETAINED) {
                  kept.add(frame);
                }
              });
      for (int i = 1; i <= OPTIONS.receiveFrames(); i++) {
        assertTrue(send(sender, 10, last.localEndpoint()));
        int due = i;
        drive(() -> counts[1] == due, engine);
      }
      assertEquals(OPTIONS.receiveFrames() - OPTIONS.receiveFrames() / 8, kept.size());
      assertEquals(kept.size(), kept.stream().distinct().count());
      kept.forEach(engine::release);
    }
  }

  @Test
  void leavesNoDescriptorOpen() {
    openAndClose();
    int before = descriptors();
    for (int i = 0; i < 5; i++) {
      openAndClose();
    }
    assertEquals(before, descriptors());
  }

  private void openAndClose() {
    PacketEngine engine = engine(OPTIONS);
    PacketPort first = open(engine, (_, _) -> {});
    PacketPort second = open(engine, (_, _) -> {});
    assertTrue(send(first, 10, second.localEndpoint()));
    engine.doWork();
    first.close();
    first.close();
    engine.doWork();
    engine.await(1);
    engine.close();
    engine.close();
    engine.wakeup();
    assertEquals(0, engine.doWork());
  }

  private static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }

  @Test
  void allocatesNothingPerDatagram() {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    try (PacketEngine engine = engine(OPTIONS)) {
      var seen = new long[1];
      PacketPort receiver = open(engine, (_, datagram) -> seen[0] += datagram.length());
      PacketPort sender = open(engine, (_, _) -> {});
      exchange(engine, sender, receiver, 200_000);
      long allocated = Long.MAX_VALUE;
      // Until the paths are compiled, the linker's own code allocates at each system call.
      for (int round = 0; round < 30 && allocated > 5_000; round++) {
        long before = bean.getThreadAllocatedBytes(thread);
        exchange(engine, sender, receiver, 50_000);
        allocated = bean.getThreadAllocatedBytes(thread) - before;
      }
      long least = allocated;
      assertTrue(least <= 5_000, () -> least + " bytes for 50000 datagrams");
      assertEquals(receiver.counters().receivedBytes(), seen[0]);
    }
  }

  @Test
  void allocatesNothingPerSleep() {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (PacketEngine engine = engine(OPTIONS)) {
      PacketPort _ = open(engine, (_, _) -> {});
      long allocated = Long.MAX_VALUE;
      for (int round = 0; round < 30 && allocated > 2_000; round++) {
        long before = bean.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < 2_000; i++) {
          int _ = engine.doWork();
          engine.await(1);
        }
        allocated = bean.getCurrentThreadAllocatedBytes() - before;
      }
      long least = allocated;
      assertTrue(least <= 2_000, () -> least + " bytes for 2000 sleeps");
    }
  }

  private static void exchange(
      PacketEngine engine, PacketPort sender, PacketPort receiver, int datagrams) {
    Endpoint to = receiver.localEndpoint();
    long goal = sender.counters().sent() + datagrams;
    long committed = sender.counters().sent();
    while (receiver.counters().received() < goal) {
      while (committed < goal && committed - receiver.counters().received() < 150) {
        long at = sender.reserve(200);
        sender.sendSegment().set(INT, at, (int) committed);
        // Every third has another length, so both joined and single messages are used.
        sender.commit(committed % 3 == 0 ? 199 : 200, to.high(), to.low(), to.port());
        committed++;
      }
      int _ = engine.doWork();
    }
  }
}
