package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

final class UdpSocketTest {
  private static final Address ANY_V4 = new Address(0, SocketAddress.MAPPED_PREFIX | 0x7f000001, 0);
  private static final Address ANY_V6 = new Address(0, 1, 0);

  private record Address(long high, long low, int port) {
    static Address of(UdpSocket socket) {
      return new Address(socket.localHigh(), socket.localLow(), socket.localPort());
    }
  }

  @Test
  void addressesAreLaidOutAsTheKernelHasThem() {
    MemorySegment name = MemorySegment.ofArray(new byte[28]);
    var v4 = new Address(0, SocketAddress.MAPPED_PREFIX | 0x0a010203, 0x1234);
    assertEquals(
        16, SocketAddress.write(name, 0, AddressFamily.INET, v4.high(), v4.low(), v4.port()));
    byte[] expected = {2, 0, 0x12, 0x34, 10, 1, 2, 3};
    assertEquals(-1, name.asSlice(0, 8).mismatch(MemorySegment.ofArray(expected)));
    assertEquals(v4.low(), SocketAddress.low(name, 0));
    assertEquals(
        28, SocketAddress.write(name, 0, AddressFamily.INET6, v4.high(), v4.low(), v4.port()));
    assertEquals((byte) 0xFF, name.get(JAVA_BYTE, 18));
    assertEquals(10, name.get(JAVA_BYTE, 20));
    assertEquals("10.1.2.3:4660", SocketAddress.text(v4.high(), v4.low(), v4.port()));
    assertEquals(-1, SocketAddress.write(name, 0, AddressFamily.INET, 1, 2, 3));
  }

  @Test
  void batchCarriesDatagramsBothFamilies() {
    exchange(AddressFamily.INET, ANY_V4);
    exchange(AddressFamily.INET6, ANY_V6);
  }

  private static void exchange(AddressFamily family, Address any) {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(family);
        UdpSocket receiver = UdpSocket.open(family)) {
      sender.bind(any.high(), any.low(), any.port());
      receiver.bind(any.high(), any.low(), any.port());
      Address to = Address.of(receiver);
      SendBatch out = new SendBatch(arena, 8, family);
      ReceiveBatch in = new ReceiveBatch(arena, 8, 100);
      assertEquals(-Errno.EAGAIN, in.receive(receiver.number()));
      MemorySegment bytes = arena.allocate(8 * 128);
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 8; i++) {
          bytes.set(JAVA_BYTE, i * 128L, (byte) (round + i));
          int length = i == 7 ? 101 : i + 1;
          assertTrue(out.set(i, bytes, i * 128L, length, to.high(), to.low(), to.port()));
        }
        assertEquals(8, out.send(sender.number(), 0, 8));
        assertEquals(8, in.receive(receiver.number()));
        for (int i = 0; i < 8; i++) {
          assertEquals(i == 7 ? 100 : i + 1, in.length(i));
          assertEquals(i == 7, in.truncated(i));
          assertEquals(round + i, in.payload().get(JAVA_BYTE, in.offset(i)));
          Address source = new Address(in.sourceHigh(i), in.sourceLow(i), in.sourcePort(i));
          assertEquals(Address.of(sender), source);
          assertEquals(0, in.segmentBytes(i));
          assertEquals(-1, in.dropped(i));
        }
      }
    }
  }

  @Test
  void segmentsAreCutAndJoinedAgain() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(AddressFamily.INET);
        UdpSocket receiver = UdpSocket.open(AddressFamily.INET)) {
      receiver.bind(ANY_V4.high(), ANY_V4.low(), 0);
      receiver.set(SocketOption.UDP_GRO, 1);
      sender.connect(receiver.localHigh(), receiver.localLow(), receiver.localPort());
      SendBatch out = new SendBatch(arena, 1, AddressFamily.INET);
      out.setConnected(0, arena.allocate(2500), 0, 2500);
      out.segment(0, 1000);
      assertEquals(1, out.send(sender.number(), 0, 1));
      ReceiveBatch in = new ReceiveBatch(arena, 4, 65536);
      assertEquals(1, in.receive(receiver.number()));
      assertEquals(2500, in.length(0));
      assertEquals(1000, in.segmentBytes(0));
    }
  }

  @Test
  void payloadsThatLieApartAreJoinedAndCut() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(AddressFamily.INET);
        UdpSocket receiver = UdpSocket.open(AddressFamily.INET)) {
      receiver.bind(ANY_V4.high(), ANY_V4.low(), 0);
      SendBatch out = new SendBatch(arena, 4, AddressFamily.INET);
      MemorySegment memory = arena.allocate(1000);
      for (int i = 0; i < 3; i++) {
        memory.set(JAVA_BYTE, 300L * i, (byte) i);
        out.payload(i, memory, 300L * i, i == 2 ? 7 : 100);
      }
      assertTrue(out.message(0, 0, 3, ANY_V4.high(), ANY_V4.low(), receiver.localPort()));
      out.segment(0, 100);
      assertEquals(1, out.send(sender.number(), 0, 1));
      MemorySegment places = arena.allocate(4 * 128);
      ReceiveBatch in = new ReceiveBatch(arena, 4, places, 128);
      for (int i = 0; i < 4; i++) {
        in.point(i, (3 - i) * 128L);
      }
      assertEquals(3, in.receive(receiver.number(), 4));
      for (int i = 0; i < 3; i++) {
        assertEquals(i == 2 ? 7 : 100, in.length(i));
        assertEquals((3 - i) * 128L, in.offset(i));
        assertEquals((byte) i, places.get(JAVA_BYTE, in.offset(i)));
      }
    }
  }

  @Test
  void overflowIsCounted() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(AddressFamily.INET);
        UdpSocket receiver = UdpSocket.open(AddressFamily.INET)) {
      receiver.bind(ANY_V4.high(), ANY_V4.low(), 0);
      receiver.set(SocketOption.SO_RXQ_OVFL, 1);
      receiver.set(SocketOption.SO_RCVBUF, 4096);
      sender.connect(receiver.localHigh(), receiver.localLow(), receiver.localPort());
      SendBatch out = new SendBatch(arena, 64, AddressFamily.INET);
      MemorySegment bytes = arena.allocate(1000);
      for (int i = 0; i < 64; i++) {
        out.setConnected(i, bytes, 0, 1000);
      }
      assertEquals(64, out.send(sender.number(), 0, 64));
      ReceiveBatch in = new ReceiveBatch(arena, 64, 1000);
      int got = in.receive(receiver.number());
      assertTrue(got > 0 && got < 64, () -> "received " + got);
      // The count travels with datagrams queued after the loss.
      out.setConnected(0, bytes, 0, 1000);
      assertEquals(1, out.send(sender.number(), 0, 1));
      assertEquals(1, in.receive(receiver.number()));
      assertEquals(64 - got, in.dropped(0));
    }
  }

  @Test
  void optionsAreReadBack() {
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET6)) {
      socket.set(SocketOption.IPV6_V6ONLY, 1);
      socket.set(SocketOption.SO_REUSEPORT, 1);
      socket.set(SocketOption.IPV6_MTU_DISCOVER, SocketOption.PMTUDISC_DO);
      assertEquals(1, socket.get(SocketOption.IPV6_V6ONLY));
      assertEquals(1, socket.get(SocketOption.SO_REUSEPORT));
      assertEquals(SocketOption.PMTUDISC_DO, socket.get(SocketOption.IPV6_MTU_DISCOVER));
      assertTrue(socket.trySet(SocketOption.UDP_SEGMENT, -5) < 0);
      socket.joinMulticast(0xff02L << 48, 0x4242, 1);
    }
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET)) {
      socket.joinMulticast(0, SocketAddress.MAPPED_PREFIX | 0xef010203L, 1);
      assertThrows(KernelException.class, () -> socket.bind(ANY_V6.high(), ANY_V6.low(), 0));
      assertFalse(socket.get(SocketOption.SO_RCVBUF) == 0);
    }
  }
}
