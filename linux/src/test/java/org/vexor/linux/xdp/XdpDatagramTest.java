package org.vexor.linux.xdp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.linux.process.PollSet;
import org.vexor.linux.xdp.program.XdpFilter;
import org.vexor.linux.xdp.program.XdpFrames;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// A datagram from the other host's kernel socket comes in by AF_XDP, and one goes back the same
/// way that the other kernel accepts, checksums and all.
@RequiresRoot
final class XdpDatagramTest {
  private static final int PORT = 8001;
  private static final long TIMEOUT_NS = 5_000_000_000L;

  @ParameterizedTest
  @CsvSource({"NATIVE, false", "NATIVE, true", "GENERIC, false", "GENERIC, true"})
  void datagramsGoBothWays(XdpMode mode, boolean ipv6) throws Exception {
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp")) {
      InetAddress local = InetAddress.getByName(ipv6 ? hosts.left().ipv6() : hosts.left().ipv4());
      DatagramChannel peer;
      try (var _ = NetworkNamespace.enter(hosts.right().path())) {
        peer = DatagramChannel.open();
        peer.bind(new InetSocketAddress(ipv6 ? hosts.right().ipv6() : hosts.right().ipv4(), 0));
      }
      try (peer;
          var _ = NetworkNamespace.enter(hosts.left().path());
          XdpFilter filter = XdpFilter.load(1, 1792, false);
          XdpSocket socket = XdpSocket.open(XdpSocketOptions.symmetric(64))) {
        int index = hosts.left().interfaceIndex();
        filter.open(local, PORT, 0);
        int filled = socket.fill().reserve(64);
        for (int i = 0; i < filled; i++) {
          socket.fill().put(i, (long) i * socket.umem().frameBytes());
        }
        socket.fill().submit(filled);
        socket.bind(index, 0, BindMode.COPY);
        filter.setSocket(0, socket);
        try (XdpLink _ = filter.attach(index, mode)) {
          peer.send(ByteBuffer.wrap("ping".getBytes(US_ASCII)), new InetSocketAddress(local, PORT));
          byte[] frame = receive(socket);
          assertArrayEquals("ping".getBytes(US_ASCII), XdpFrames.payload(frame));
          assertTrue(XdpFrames.checksumsAreRight(frame));
          send(socket, XdpFrames.answer(frame, "pong".getBytes(US_ASCII)));
          ByteBuffer answer = ByteBuffer.allocate(64);
          peer.socket().setSoTimeout((int) (TIMEOUT_NS / 1_000_000));
          var packet = new java.net.DatagramPacket(answer.array(), answer.capacity());
          peer.socket().receive(packet);
          assertEquals(PORT, packet.getPort());
          assertEquals("pong", new String(answer.array(), 0, packet.getLength(), US_ASCII));
          // What is not ours still finds the kernel: echo, ARP and neighbour discovery.
          hosts.right().run("ping", "-c", "1", "-W", "5", local.getHostAddress());
        } finally {
          filter.clearSocket(0);
        }
      }
    }
  }

  private static byte[] receive(XdpSocket socket) {
    try (PollSet poll = new PollSet(1)) {
      poll.add(socket.file(), PollSet.POLLIN);
      assertEquals(1, poll.await(TIMEOUT_NS), "a packet in time");
    }
    assertEquals(1, socket.receive().available(64));
    long address = socket.receive().address(0);
    assertEquals(256, address - socket.umem().frameOf(address), "XDP_PACKET_HEADROOM");
    byte[] frame =
        socket
            .umem()
            .segment()
            .asSlice(address, socket.receive().length(0))
            .toArray(ValueLayout.JAVA_BYTE);
    socket.receive().release(1);
    return frame;
  }

  private static void send(XdpSocket socket, byte[] frame) {
    long address = 200L * socket.umem().frameBytes();
    MemorySegment.copy(
        frame, 0, socket.umem().segment(), ValueLayout.JAVA_BYTE, address, frame.length);
    assertEquals(1, socket.transmit().reserve(1));
    socket.transmit().put(0, address, frame.length);
    socket.transmit().submit(1);
    assertEquals(0, socket.wakeTransmit());
    assertEquals(0, socket.transmit().pending());
    long deadline = System.nanoTime() + TIMEOUT_NS;
    while (socket.completion().available(1) == 0) {
      assertTrue(System.nanoTime() < deadline, "the frame comes back in time");
      Thread.onSpinWait();
    }
    assertEquals(address, socket.completion().address(0));
    socket.completion().release(1);
  }
}
