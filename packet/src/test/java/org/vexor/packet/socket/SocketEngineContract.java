package org.vexor.packet.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
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
/// reason, losses known without a later datagram, whole bursts.
public abstract class SocketEngineContract {
  static final long PATIENCE_NS = 10_000_000_000L;
  static final EngineOptions OPTIONS = EngineOptions.DEFAULT.withFrames(256, 512);

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

  static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

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
  void lossesAreKnownWithoutALaterDatagram() {
    try (PacketEngine large = engine(OPTIONS);
        PacketEngine small = engine(OPTIONS)) {
      PacketPort sender = open(large, (_, _) -> {});
      PortOptions tight = PortOptions.bind(Endpoint.loopback(0)).withReceiveBufferBytes(20_000);
      PacketPort idle = small.open(tight, (_, _) -> {});
      PacketPort closed = small.open(tight, (_, _) -> {});
      for (int i = 0; i < 200; i++) {
        assertTrue(send(sender, 900, idle.localEndpoint()));
        assertTrue(send(sender, 900, closed.localEndpoint()));
      }
      drive(() -> sender.queued() == 0, large);
      int _ = small.doWork();
      closed.close();
      assertEquals(
          200,
          closed.counters().received() + closed.counters().dropped(DropReason.RECEIVE_BUFFER_FULL));
      drive(
          () ->
              idle.counters().received() + idle.counters().dropped(DropReason.RECEIVE_BUFFER_FULL)
                  == 200,
          small);
    }
  }

  @Test
  void aBurstAboveTheFramesWaitsInTheKernelWhileUsersKeepAllTheyCan() {
    try (PacketEngine engine = engine(EngineOptions.DEFAULT.withFrames(16, 512))) {
      var frames = new ArrayDeque<Long>();
      PacketPort receiver =
          open(
              engine,
              (_, datagram) -> {
                long frame = datagram.retain();
                if (frame != Datagram.NOT_RETAINED) {
                  frames.add(frame);
                }
              });
      PacketPort sender = open(engine, (_, _) -> {});
      for (int i = 0; i < 300; i++) {
        assertTrue(send(sender, 40, receiver.localEndpoint()));
      }
      drive(() -> receiver.counters().received() == 300, engine);
      assertEquals(14, frames.size());
      frames.forEach(engine::release);
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

  static PacketPort open(PacketEngine engine, DatagramHandler handler) {
    return engine.open(PortOptions.bind(Endpoint.loopback(0)), handler);
  }

  static boolean send(PacketPort port, int length, Endpoint to) {
    return port.send(MemorySegment.ofArray(new byte[length]), 0, length, to);
  }

  static void drive(BooleanSupplier until, PacketEngine... engines) {
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
