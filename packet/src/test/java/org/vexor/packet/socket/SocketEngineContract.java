package org.vexor.packet.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.File;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.vexor.packet.Datagram;
import org.vexor.packet.DatagramHandler;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;

/// What the engines on kernel sockets promise beyond the contract of all: drops by their kernel
/// reason, whole bursts, frames that never go astray, nothing left open, nothing allocated.
public abstract class SocketEngineContract {
  private static final long PATIENCE_NS = 10_000_000_000L;
  private static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(256, 512);

  protected abstract PacketEngine engine(EngineOptions options);

  @Test
  void aFailingDatagramTakesNoOtherWithIt() {
    try (PacketEngine engine = engine(OPTIONS)) {
      var lengths = new ArrayDeque<Integer>();
      PacketPort receiver = open(engine, (_, datagram) -> lengths.add(datagram.length()));
      PacketPort sender = open(engine, (_, _) -> {});
      Endpoint good = receiver.localEndpoint();
      Endpoint[] bad = {
        Endpoint.parse("[::1]:9"), good.withPort(0), Endpoint.parse("255.255.255.255:9")
      };
      int sent = 0;
      for (int i = 0; i < 60; i++) {
        assertTrue(send(sender, 10 + i / 7, bad[i % 3]));
        assertTrue(send(sender, 10 + i / 7, good));
        assertTrue(send(sender, 10 + i / 7, good));
        sent += 2;
      }
      int expected = sent;
      drive(() -> lengths.size() == expected && sender.queued() == 0, engine);
      assertEquals(40, sender.counters().dropped(DropReason.SEND_UNREACHABLE));
      assertEquals(20, sender.counters().dropped(DropReason.SEND_REFUSED));
      assertEquals(sent, sender.counters().sent());
      for (int i = 0; i < 60; i++) {
        assertEquals(10 + i / 7, lengths.poll());
        assertEquals(10 + i / 7, lengths.poll());
      }
    }
  }

  @Test
  void burstsOfEqualSizeKeepOrderAndBoundaries() {
    try (PacketEngine engine = engine(OPTIONS)) {
      var seen = new int[1];
      PacketPort receiver =
          open(
              engine,
              (_, datagram) -> {
                assertEquals(length(seen[0]), datagram.length());
                int number = datagram.segment().get(INT, datagram.offset());
                assertEquals(seen[0]++, number);
              });
      PacketPort sender = open(engine, (_, _) -> {});
      for (int i = 0; i < 3000; i++) {
        long at = sender.reserve(length(i));
        assertTrue(at >= 0);
        sender.sendSegment().set(INT, at, i);
        Endpoint to = receiver.localEndpoint();
        sender.commit(length(i), to.high(), to.low(), to.port());
        int committed = i + 1;
        if (committed % 150 == 0) {
          drive(() -> seen[0] == committed, engine);
        }
      }
      assertEquals(3000, receiver.counters().received());
    }
  }

  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

  /// Runs of 100 equal ones, each with a shorter one at the end, and some above an Ethernet MTU.
  private static int length(int i) {
    return i % 101 == 100 ? 40 : 1100 + i / 101 * 10;
  }

  @Test
  void countsWhatIsCutAndWhatTheKernelHadNoRoomFor() {
    try (PacketEngine large = engine(OPTIONS);
        PacketEngine small = engine(OPTIONS.withMaxPayloadBytes(1000))) {
      PacketPort sender = open(large, (_, _) -> {});
      PacketPort receiver =
          small.open(
              PortOptions.bind(Endpoint.loopback(0)).withReceiveBufferBytes(20_000), (_, _) -> {});
      assertTrue(send(sender, 1001, receiver.localEndpoint()));
      assertTrue(send(sender, 1000, receiver.localEndpoint()));
      drive(() -> receiver.counters().received() == 1, large, small);
      assertEquals(1, receiver.counters().dropped(DropReason.RECEIVE_TRUNCATED));
      for (int i = 0; i < 500; i++) {
        assertTrue(send(sender, 900, receiver.localEndpoint()));
      }
      drive(() -> sender.queued() == 0, large);
      // The count travels with a datagram that came after the loss.
      drive(
          () -> {
            if (sender.queued() == 0) {
              assertTrue(send(sender, 900, receiver.localEndpoint()));
            }
            return receiver.counters().dropped(DropReason.RECEIVE_BUFFER_FULL) > 0;
          },
          large,
          small);
      drive(
          () ->
              sender.counters().sent()
                  == receiver.counters().received()
                      + receiver.counters().dropped(DropReason.RECEIVE_TRUNCATED)
                      + receiver.counters().dropped(DropReason.RECEIVE_BUFFER_FULL),
          large,
          small);
    }
  }

  @Test
  void whatComesAfterAHandlerClosedItsPortIsCounted() {
    try (PacketEngine engine = engine(OPTIONS)) {
      PacketPort receiver = open(engine, (port, _) -> port.close());
      PacketPort sender = open(engine, (_, _) -> {});
      for (int i = 0; i < 3; i++) {
        assertTrue(send(sender, 40, receiver.localEndpoint()));
      }
      assertEquals(3, sender.flush());
      drive(() -> !receiver.isOpen(), engine);
      assertEquals(1, receiver.counters().received());
      assertTrue(receiver.counters().dropped(DropReason.RECEIVE_PORT_CLOSED) <= 2);
    }
  }

  @Test
  void anExceptionOfAHandlerLosesOnlyItsOwnDatagram() {
    try (PacketEngine engine = engine(OPTIONS)) {
      var seen = new int[1];
      PacketPort receiver =
          open(
              engine,
              (_, _) -> {
                if (seen[0]++ % 10 == 0) {
                  throw new IllegalStateException("every tenth");
                }
              });
      PacketPort sender = open(engine, (_, _) -> {});
      for (int i = 0; i < 100; i++) {
        assertTrue(send(sender, 40, receiver.localEndpoint()));
      }
      assertEquals(100, sender.flush());
      for (int i = 0; i < 10; i++) {
        int due = 10 * i + 1;
        assertThrows(IllegalStateException.class, () -> drive(() -> seen[0] > due, engine));
      }
      drive(() -> seen[0] == 100, engine);
      assertEquals(100, receiver.counters().received());
    }
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

  private static PacketPort open(PacketEngine engine, DatagramHandler handler) {
    return engine.open(PortOptions.bind(Endpoint.loopback(0)), handler);
  }

  private static boolean send(PacketPort port, int length, Endpoint to) {
    return port.send(MemorySegment.ofArray(new byte[length]), 0, length, to);
  }

  private static void drive(BooleanSupplier until, PacketEngine... engines) {
    long start = System.nanoTime();
    while (!until.getAsBoolean()) {
      for (PacketEngine engine : engines) {
        int _ = engine.doWork();
      }
      if (System.nanoTime() - start > PATIENCE_NS) {
        StringBuilder drops = new StringBuilder("waited in vain; drops");
        for (PacketEngine engine : engines) {
          drops.append(' ').append(engine.counters().drops());
        }
        throw new AssertionError(drops);
      }
    }
  }
}
