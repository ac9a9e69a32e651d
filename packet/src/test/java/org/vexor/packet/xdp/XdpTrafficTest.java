package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;

/// What goes by the rings and what by the kernel, with a peer whose kernel verifies every checksum.
@RequiresRoot
final class XdpTrafficTest {
  @ParameterizedTest
  @CsvSource({"NATIVE, false", "NATIVE, true", "GENERIC, false", "GENERIC, true"})
  void datagramsOfKnownNeighboursPassTheKernelBothWays(DeviceMode mode, boolean ipv6) {
    try (XdpLab lab = new XdpLab(mode)) {
      PacketPort near = lab.near(ipv6 ? "::" : "0.0.0.0", 0);
      PacketPort far = lab.far(ipv6 ? lab.hosts().right().ipv6() : lab.hosts().right().ipv4(), 0);
      String here = ipv6 ? lab.hosts().left().ipv6() : lab.hosts().left().ipv4();
      Endpoint nearAddress = XdpLab.endpoint(here, near.localEndpoint().port());
      // The first one asks for the neighbour, by the kernel.
      lab.exchange(near, "first", far.localEndpoint());
      lab.await(
          () -> {
            XdpLab.send(near, "again", far.localEndpoint());
            int _ = near.flush();
            return near.counters().sent() > lab.beneath().counters().sent();
          },
          "the neighbour is known");
      long byKernel = lab.beneath().counters().sent();
      for (int i = 0; i < 200; i++) {
        lab.exchange(near, "forth " + "x".repeat(i * 7) + i, far.localEndpoint());
        lab.exchange(far, "back " + "y".repeat(i * 7) + i, nearAddress);
      }
      assertEquals(byKernel, lab.beneath().counters().sent(), "datagrams sent by the kernel");
      assertEquals(0, lab.beneath().counters().received(), "datagrams received by the kernel");
      assertEquals(200, near.counters().received());
    }
  }
}
