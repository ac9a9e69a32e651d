package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.packet.xdp.header.FrameHeader;
import org.vexor.packet.xdp.header.HeaderWriter;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts.Host;

/// What shares an interface with AF_XDP: the traffic of others, and frames of odd forms.
@RequiresRoot
final class XdpNeighboursTest {
  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "GENERIC"})
  void theTrafficOfOthersPasses(DeviceMode mode) throws IOException {
    try (XdpLab lab = new XdpLab(mode)) {
      Host left = lab.hosts().left();
      PacketPort near = lab.near("0.0.0.0", 7300);
      // ARP and neighbour discovery on the way.
      lab.hosts().right().run("ping", "-c", "1", "-W", "5", left.ipv4());
      lab.hosts().right().run("ping", "-c", "1", "-W", "5", left.ipv6());
      var tcp = new InetSocketAddress(left.ipv4(), 7300);
      var udp = new InetSocketAddress(left.ipv4(), 7301);
      ServerSocketChannel server;
      DatagramChannel receiver;
      try (var _ = NetworkNamespace.enter(left.path())) {
        server = ServerSocketChannel.open().bind(tcp);
        receiver = DatagramChannel.open().bind(udp);
      }
      SocketChannel client;
      DatagramChannel sender;
      try (var _ = NetworkNamespace.enter(lab.hosts().right().path())) {
        client = SocketChannel.open(tcp);
        sender = DatagramChannel.open();
      }
      try (server;
          receiver;
          client;
          sender;
          SocketChannel accepted = server.accept()) {
        client.write(ByteBuffer.wrap(new byte[100_000]));
        ByteBuffer stream = ByteBuffer.allocate(100_000);
        while (stream.hasRemaining()) {
          assertTrue(accepted.read(stream) > 0);
        }
        sender.send(ByteBuffer.wrap(new byte[17]), udp);
        ByteBuffer datagram = ByteBuffer.allocate(100);
        receiver.receive(datagram);
        assertEquals(17, datagram.position());
        // Fragments are joined by the kernel, and still come to the port.
        lab.hosts().right().ip("link", "set", "v0", "mtu", "600");
        byte[] large = new byte[1400];
        Arrays.fill(large, (byte) 'f');
        sender.send(ByteBuffer.wrap(large), new InetSocketAddress(left.ipv4(), 7300));
        String text = new String(large, StandardCharsets.US_ASCII);
        lab.await(() -> lab.received().contains(text), "joined fragments");
        assertEquals(1, XdpLab.byKernel(near).received());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "GENERIC"})
  void framesWithATagAreTakenAndWhatIsNoDatagramIsCounted(DeviceMode mode) {
    try (XdpLab lab = new XdpLab(mode);
        RawSender raw = new RawSender(lab.hosts().right())) {
      PacketPort near = lab.near("0.0.0.0", 7400);
      byte[] frame = frame(lab, near, "plain");
      raw.send(frame);
      lab.await(() -> lab.received().contains("plain"), "a frame made by hand");
      raw.send(tagged(frame(lab, near, "tagged")));
      lab.await(() -> lab.received().contains("tagged"), "a tagged frame");
      // The program looks at what it needs to decide; lengths and sums are looked at behind it.
      byte[] liar = frame.clone();
      liar[38] = 0x7f;
      raw.send(liar);
      byte[] spoilt = frame.clone();
      spoilt[24]++;
      raw.send(spoilt);
      lab.await(
          () -> lab.xdp().counters().dropped(DropReason.RECEIVE_MALFORMED) == 2, "both counted");
      assertEquals(2, near.counters().received());
      assertEquals(0, lab.beneath().counters().received());
    }
  }

  private static byte[] tagged(byte[] frame) {
    byte[] tagged = new byte[frame.length + 4];
    System.arraycopy(frame, 0, tagged, 0, 12);
    tagged[12] = (byte) 0x81;
    tagged[15] = 5;
    System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
    return tagged;
  }

  private static byte[] frame(XdpLab lab, PacketPort to, String text) {
    MemorySegment memory = Arena.ofAuto().allocate(256);
    byte[] payload = text.getBytes(StandardCharsets.US_ASCII);
    MemorySegment.copy(
        payload, 0, memory, ValueLayout.JAVA_BYTE, HeaderWriter.HEADROOM_BYTES, payload.length);
    Endpoint target = lab.at(lab.hosts().left().ipv4(), to);
    Endpoint source = XdpLab.endpoint(lab.hosts().right().ipv4(), 9);
    var header = new FrameHeader();
    header.set(
        mac(lab.hosts().left()),
        mac(lab.hosts().right()),
        target.high(),
        target.low(),
        source.high(),
        source.low());
    new HeaderWriter(false, 0, 0, source.port())
        .write(memory, HeaderWriter.HEADROOM_BYTES, payload.length, header, target.port());
    int headers = HeaderWriter.frameBytes(true);
    return memory
        .asSlice(HeaderWriter.HEADROOM_BYTES - headers, headers + payload.length)
        .toArray(ValueLayout.JAVA_BYTE);
  }

  private static long mac(Host host) {
    long mac = 0;
    for (byte part : host.mac()) {
      mac = mac << 8 | (part & 0xff);
    }
    return mac;
  }
}
