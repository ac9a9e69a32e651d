package org.vexor.linux.uring;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.process.EventFd;
import org.vexor.linux.process.PollSet;
import org.vexor.linux.socket.AddressFamily;
import org.vexor.linux.socket.SendBatch;
import org.vexor.linux.socket.SocketAddress;
import org.vexor.linux.socket.SocketOption;
import org.vexor.linux.socket.UdpSocket;

final class IoUringTest {
  private static final long LOOPBACK = SocketAddress.MAPPED_PREFIX | 0x7f000001;
  private static final long SECOND = 1_000_000_000L;
  private static final int PLACE = MultishotReceive.PAYLOAD + 100;

  @BeforeEach
  void onlyWhereItWorks() {
    UringProbe probe = UringProbe.run();
    assumeTrue(probe instanceof UringProbe.Supported, probe::toString);
  }

  @Test
  void requestsCompleteInOrderAndFullIsSaid() {
    try (IoUring ring = IoUring.open(4, 8)) {
      ring.enable();
      for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 4; i++) {
          assertTrue(ring.nop(100L * round + i));
        }
        assertFalse(ring.nop(99));
        assertTrue(ring.needsEnter());
        assertEquals(4, ring.enter());
        assertEquals(4, ring.available());
        for (int i = 0; i < 4; i++) {
          assertEquals(100L * round + i, ring.userData(i));
          assertEquals(0, ring.result(i));
        }
        ring.advance(4);
        assertEquals(0, ring.available());
      }
      assertEquals(-Errno.ETIME, ring.enter(1, 1_000_000));
    }
  }

  @Test
  void completionsBeyondTheQueueAreHeldBackNotLost() {
    try (IoUring ring = IoUring.open(4, 8)) {
      ring.enable();
      int sent = 0;
      for (int round = 0; round < 4; round++) {
        for (int i = 0; i < 4; i++) {
          assertTrue(ring.nop(sent++));
        }
        assertEquals(4, ring.enter());
      }
      assertTrue(ring.needsEnter(), "the kernel holds completions back");
      int seen = 0;
      while (seen < 16) {
        int there = ring.available();
        assertTrue(there > 0, "completions were lost");
        for (int i = 0; i < there; i++) {
          assertEquals(seen++, ring.userData(i));
        }
        ring.advance(there);
        assertTrue(ring.enter() >= 0);
      }
      assertEquals(0, ring.overflowed());
    }
  }

  @Test
  void waitsForADescriptorAndSignalsThatThereIsWork() {
    try (IoUring ring = IoUring.open(4, 8);
        EventFd awaited = new EventFd();
        EventFd signalled = new EventFd();
        PollSet set = new PollSet(1)) {
      assertEquals(0, set.add(signalled.file(), PollSet.POLLIN));
      ring.signal(signalled);
      ring.enable();
      for (boolean on : new boolean[] {false, true}) {
        ring.signalling(on);
        assertTrue(ring.poll(awaited.file(), PollSet.POLLIN, 5));
        assertEquals(1, ring.enter());
        assertEquals(0, ring.available());
        assertFalse(ring.needsEnter());
        awaited.signal();
        assertEquals(on ? 1 : 0, set.await(on ? SECOND : 0));
        assertTrue(ring.enter(1, SECOND) >= 0);
        assertEquals(1, ring.available());
        assertEquals(5, ring.userData(0));
        assertEquals(PollSet.POLLIN, ring.result(0));
        ring.advance(1);
        assertTrue(awaited.drain());
      }
      assertTrue(signalled.drain());
    }
  }

  @Test
  void onlyTheOwnerMayEnter() throws InterruptedException {
    try (IoUring ring = IoUring.open(4, 8)) {
      assumeTrue(ring.mode().startsWith("deferred"), ring.mode());
      var owner = new Thread(ring::enable);
      owner.start();
      owner.join();
      assertEquals(-Errno.EEXIST, ring.enter());
      assertEquals(-Errno.EEXIST, ring.cancel(1));
    }
  }

  @Test
  void oneRequestReceivesUntilTheBuffersAreUsedUpAndGoesOnAfterwards() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket receiver = UdpSocket.open(AddressFamily.INET);
        UdpSocket sender = UdpSocket.open(AddressFamily.INET);
        IoUring ring = IoUring.open(8, 64);
        BufferRing buffers = new BufferRing(ring, 4, 7)) {
      receiver.bind(0, LOOPBACK, 0);
      receiver.set(SocketOption.SO_RXQ_OVFL, 1);
      sender.bind(0, LOOPBACK, 0);
      MemorySegment memory = arena.allocate(4L * PLACE, 8);
      ring.enable();
      var receive = new MultishotReceive(arena);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 4; i++) {
          buffers.add(memory.address() + (long) i * PLACE, PLACE, i);
        }
        buffers.publish();
        assertTrue(receive.arm(ring, receiver.number(), buffers, 42));
        assertEquals(1, ring.enter());
        // Six for four buffers: the request ends, the two are received after it is armed again.
        send(arena, sender, receiver, round == 0 ? 6 : 4, round);
        assertTrue(ring.enter(5, SECOND) >= 0);
        assertEquals(5, ring.available());
        for (int i = 0; i < 4; i++) {
          long buffer = (long) IoUring.bufferId(ring.flags(i)) * PLACE;
          int length = MultishotReceive.length(ring.result(i));
          boolean cut = MultishotReceive.truncated(memory, buffer);
          assertEquals(
              cut ? 100 : memory.get(JAVA_BYTE, buffer + MultishotReceive.PAYLOAD), length);
          assertTrue((ring.flags(i) & IoUring.CQE_F_MORE) != 0);
          assertEquals(42, ring.userData(i));
          assertEquals(LOOPBACK, MultishotReceive.sourceLow(memory, buffer));
          assertEquals(0, MultishotReceive.sourceHigh(memory, buffer));
          assertEquals(sender.localPort(), MultishotReceive.sourcePort(memory, buffer));
          assertEquals(-1, MultishotReceive.dropped(memory, buffer));
        }
        assertEquals(-Errno.ENOBUFS, ring.result(4));
        assertEquals(0, ring.flags(4));
        ring.advance(5);
      }
      assertEquals(0, ring.cancel(42), "there is nothing left to cancel");
      assertEquals(-1, MultishotReceive.length(MultishotReceive.PAYLOAD - 1));
    }
  }

  private static void send(Arena arena, UdpSocket from, UdpSocket to, int count, int round) {
    var batch = new SendBatch(arena, count, AddressFamily.INET);
    for (int i = 0; i < count; i++) {
      int length = i == 3 ? 101 : 10 * round + i + 1;
      MemorySegment payload = arena.allocate(length);
      payload.set(JAVA_BYTE, 0, (byte) length);
      assertTrue(batch.set(i, payload, 0, length, 0, LOOPBACK, to.localPort()));
    }
    assertEquals(count, batch.send(from.number(), 0, count));
  }

  @Test
  void aCancelledRequestLetsGoOfItsSocket() {
    try (Arena arena = Arena.ofConfined();
        IoUring ring = IoUring.open(8, 64);
        BufferRing buffers = new BufferRing(ring, 1, 0)) {
      MemorySegment memory = arena.allocate(PLACE, 8);
      buffers.add(memory.address(), PLACE, 0);
      buffers.publish();
      ring.enable();
      int port;
      try (UdpSocket first = UdpSocket.open(AddressFamily.INET)) {
        first.bind(0, LOOPBACK, 0);
        port = first.localPort();
        assertTrue(new MultishotReceive(arena).arm(ring, first.number(), buffers, 5));
        assertEquals(1, ring.enter());
        assertEquals(1, ring.cancel(5));
        assertEquals(0, ring.enter());
        assertEquals(-Errno.ECANCELED, ring.result(0));
        assertEquals(0, ring.flags(0) & IoUring.CQE_F_MORE);
      }
      try (UdpSocket again = UdpSocket.open(AddressFamily.INET)) {
        again.bind(0, LOOPBACK, port);
        assertEquals(port, again.localPort());
      }
    }
  }

  @Test
  void sendsAMessage() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket socket = UdpSocket.open(AddressFamily.INET);
        IoUring ring = IoUring.open(8, 8)) {
      socket.bind(0, LOOPBACK, 0);
      socket.connect(0, LOOPBACK, socket.localPort());
      MemorySegment vector = arena.allocate(16, 8);
      vector.set(JAVA_LONG, 0, arena.allocate(33).address());
      vector.set(JAVA_LONG, 8, 33);
      MemorySegment message = arena.allocate(56, 8);
      message.set(JAVA_LONG, 16, vector.address());
      message.set(JAVA_LONG, 24, 1);
      ring.enable();
      assertTrue(ring.sendMessage(socket.number(), message.address(), 0, 9));
      assertTrue(ring.enter(1, SECOND) >= 0);
      assertEquals(33, ring.result(0));
      assertEquals(9, ring.userData(0));
    }
  }

  /// The kernel's structures as pahole shows them.
  @Test
  void layoutsAreTheKernels() {
    int[][] table = {
      {UringLayout.PARAMS_BYTES, 120},
      {UringLayout.PARAMS_FEATURES, 20},
      {UringLayout.PARAMS_SQ_OFF, 40},
      {UringLayout.PARAMS_CQ_OFF, 80},
      {UringLayout.SQE_BYTES, 64},
      {UringLayout.SQE_USER_DATA, 32},
      {UringLayout.SQE_BUF_GROUP, 40},
      {UringLayout.CQE_BYTES, 16},
      {UringLayout.BUF_REG_BYTES, 40},
      {UringLayout.BUF_RING_TAIL, 14},
      {UringLayout.SYNC_CANCEL_BYTES, 64},
      {MultishotReceive.PAYLOAD % JAVA_INT.byteAlignment() == 0 ? 0 : 1, 0},
    };
    for (int[] row : table) {
      assertEquals(row[1], row[0]);
    }
  }
}
