package org.vexor.linux.socket;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;

final class UdpSocketTest {
  private static final Endpoint ANY_V4 =
      Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
  private static final Endpoint ANY_V6 =
      Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("::1"), 0));

  @Test
  void addressesAreLaidOutAsTheKernelHasThem() {
    MemorySegment name = MemorySegment.ofArray(new byte[28]);
    Endpoint v4 = Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 0x1234));
    assertEquals(
        16, SocketAddress.write(name, 0, AddressFamily.INET, v4.high(), v4.low(), v4.port()));
    byte[] expected = {2, 0, 0x12, 0x34, 10, 1, 2, 3};
    assertEquals(-1, name.asSlice(0, 8).mismatch(MemorySegment.ofArray(expected)));
    assertEquals(v4.low(), SocketAddress.low(name, 0));
    assertEquals(
        28, SocketAddress.write(name, 0, AddressFamily.INET6, v4.high(), v4.low(), v4.port()));
    assertEquals((byte) 0xFF, name.get(JAVA_BYTE, 18));
    assertEquals(10, name.get(JAVA_BYTE, 20));
    assertEquals(
        v4.toInetSocketAddress(), new InetSocketAddress(InetAddress.ofLiteral("10.1.2.3"), 0x1234));
    assertEquals(-1, SocketAddress.write(name, 0, AddressFamily.INET, 1, 2, 3));
  }

  @Test
  void batchCarriesDatagramsBothFamilies() {
    exchange(AddressFamily.INET, ANY_V4);
    exchange(AddressFamily.INET6, ANY_V6);
  }

  private static void exchange(AddressFamily family, Endpoint any) {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(family);
        UdpSocket receiver = UdpSocket.open(family)) {
      sender.bind(any);
      receiver.bind(any);
      Endpoint to = receiver.localEndpoint();
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
          Endpoint source = new Endpoint(in.sourceHigh(i), in.sourceLow(i), in.sourcePort(i));
          assertEquals(sender.localEndpoint(), source);
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
      receiver.bind(ANY_V4);
      receiver.set(SocketOption.UDP_GRO, 1);
      sender.connect(receiver.localEndpoint());
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
  void overflowIsCounted() {
    try (Arena arena = Arena.ofConfined();
        UdpSocket sender = UdpSocket.open(AddressFamily.INET);
        UdpSocket receiver = UdpSocket.open(AddressFamily.INET)) {
      receiver.bind(ANY_V4);
      receiver.set(SocketOption.SO_RXQ_OVFL, 1);
      receiver.set(SocketOption.SO_RCVBUF, 4096);
      sender.connect(receiver.localEndpoint());
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
      Endpoint group = Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("ff02::4242"), 0));
      socket.joinMulticast(group, 1);
    }
    try (UdpSocket socket = UdpSocket.open(AddressFamily.INET)) {
      socket.joinMulticast(
          Endpoint.of(new InetSocketAddress(InetAddress.ofLiteral("239.1.2.3"), 0)), 1);
      assertThrows(KernelException.class, () -> socket.bind(ANY_V6));
      assertFalse(socket.get(SocketOption.SO_RCVBUF) == 0);
    }
  }
}
