package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.vexor.packet.Datagram;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PacketPort;
import org.vexor.packet.PortOptions;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// No frame goes astray, however few there are and whatever happens; nothing is allocated for each.
@RequiresRoot
final class XdpFrameTest {
  /// Frames on the fill ring: hardly any, as many as the ring holds, as many as there are.
  @ParameterizedTest
  @ValueSource(ints = {8, 128, 256})
  void lossesForWantOfFramesAreCountedAndReceptionGoesOn(int fill) {
    try (XdpLab lab =
        new XdpLab(
            VirtualHosts.Options.standard(),
            options -> options.withMode(DeviceMode.NATIVE).withRings(8, fill, 64),
            XdpLab.FRAMES)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      lab.exchange(far, "first", to);
      for (int i = 0; i < 300; i++) {
        XdpLab.send(far, "burst", to);
        assertEquals(1, far.flush());
      }
      lab.await(() -> accounted(lab) == 301, "an account for each datagram");
      assertTrue(lab.xdp().counters().received() >= 8);
      assertTrue(lab.xdp().counters().received() < 301, "some were lost");
      assertEquals(
          lab.xdp().counters().dropped(DropReason.RECEIVE_NO_FRAME),
          lab.xdp().report().kernelCounters().get("rx_fill_ring_empty_descs"));
      for (int i = 0; i < 3 * XdpLab.FRAMES.receiveFrames(); i++) {
        lab.exchange(far, "after " + i, to);
      }
    }
  }

  private static long accounted(XdpLab lab) {
    return lab.xdp().counters().received()
        + lab.xdp().counters().dropped(DropReason.RECEIVE_NO_FRAME)
        + lab.xdp().counters().dropped(DropReason.RECEIVE_BUFFER_FULL);
  }

  @Test
  void allFramesComeBackAtTheCloseButThoseThatUsersKeep() {
    XdpLab lab = new XdpLab(DeviceMode.NATIVE);
    List<Long> kept = new ArrayList<>();
    try (lab) {
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      PacketPort near =
          XdpLab.in(
              lab.hosts().left(),
              () ->
                  lab.xdp()
                      .open(
                          PortOptions.bind(XdpLab.endpoint("0.0.0.0", 0)),
                          (_, datagram) -> {
                            if (kept.size() < 5) {
                              kept.add(datagram.retain());
                            }
                          }));
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      for (int i = 0; i < 20; i++) {
        XdpLab.send(far, "keep", to);
        XdpLab.send(near, "queued", far.localEndpoint());
      }
      lab.await(() -> near.counters().received() == 20 && near.queued() == 0, "traffic");
      XdpLab.send(near, "never sent", far.localEndpoint());
      assertNotEquals(PacketPort.FULL, near.reserve(10));
      assertNotEquals(0, lab.xdp().memory().outstanding());
    }
    assertEquals(0, lab.xdp().memory().outstanding());
    assertEquals(5, lab.xdp().memory().receive().retained());
    kept.forEach(lab.xdp()::release);
    assertEquals(0, lab.xdp().memory().outstanding());
    assertEquals(0, lab.xdp().memory().receive().retained());
  }

  @Test
  void framesAreKeptAndComeBackAcrossTheLossOfTheDevice() {
    XdpLab lab = new XdpLab(DeviceMode.NATIVE);
    try (lab) {
      var kept = new long[] {Datagram.NOT_RETAINED, 0, 0};
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      PacketPort near =
          XdpLab.in(
              lab.hosts().left(),
              () ->
                  lab.xdp()
                      .open(
                          PortOptions.bind(XdpLab.endpoint("0.0.0.0", 0)),
                          (_, datagram) -> {
                            if (kept[0] == Datagram.NOT_RETAINED) {
                              kept[0] = datagram.retain();
                              kept[1] = datagram.offset();
                              kept[2] = datagram.length();
                            }
                          }));
      MemorySegment segment = near.sendSegment();
      XdpLab.send(far, "keep me", lab.at(lab.hosts().left().ipv4(), near));
      lab.await(() -> kept[0] != Datagram.NOT_RETAINED, "a frame to keep");
      long at = near.reserve(20);
      lab.hosts().cut();
      lab.await(() -> !lab.xdp().report().toText().startsWith("AF_XDP"), "the device is gone");
      lab.hosts().join();
      lab.await(() -> lab.xdp().report().toText().startsWith("AF_XDP"), "the device is back");
      assertEquals(segment.address(), near.sendSegment().address());
      segment.setString(at, "across");
      near.commit(
          6, far.localEndpoint().high(), far.localEndpoint().low(), far.localEndpoint().port());
      lab.await(() -> lab.received().contains("across"), "what was reserved before");
      byte[] bytes = segment.asSlice(kept[1], kept[2]).toArray(ValueLayout.JAVA_BYTE);
      assertEquals("keep me", new String(bytes, java.nio.charset.StandardCharsets.US_ASCII));
      lab.xdp().release(kept[0]);
    }
    assertEquals(0, lab.xdp().memory().outstanding());
  }

  @Test
  void largePayloadsOfLargeFramesGoByTheRings() {
    EngineOptions large = EngineOptions.DEFAULT.withFrames(256, 64).withMaxPayloadBytes(3500);
    try (XdpLab lab =
        new XdpLab(
            VirtualHosts.Options.standard().withMtu(9000),
            options -> options.withMode(DeviceMode.GENERIC),
            large)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      lab.settle(near, far.localEndpoint());
      long sent = XdpLab.byKernel(near).sent();
      lab.exchange(near, "l".repeat(3500), far.localEndpoint());
      lab.exchange(far, "m".repeat(3500), to);
      assertEquals(sent, XdpLab.byKernel(near).sent());
      assertEquals(0, XdpLab.byKernel(near).received());
      // What no frame has room for is the kernel's, which counts what the port has no room for.
      try (BatchEngine jumbo =
          lab.with(
              XdpLab.in(
                  lab.hosts().right(), () -> new BatchEngine(large.withMaxPayloadBytes(8900))))) {
        PacketPort sender =
            XdpLab.in(lab.hosts().right(), () -> lab.open(jumbo, lab.hosts().right().ipv4(), 0));
        XdpLab.send(sender, "n".repeat(8000), to);
        lab.await(
            () -> near.counters().dropped(DropReason.RECEIVE_TRUNCATED) == 1, "one too large");
      }
    }
  }

  @Test
  void nothingIsAllocatedForEachDatagram() {
    var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long thread = Thread.currentThread().threadId();
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      var seen = new long[1];
      PacketPort near =
          XdpLab.in(
              lab.hosts().left(),
              () ->
                  lab.xdp()
                      .open(
                          PortOptions.bind(XdpLab.endpoint("0.0.0.0", 0)),
                          (_, datagram) -> seen[0] += datagram.length()));
      PacketPort far =
          XdpLab.in(
              lab.hosts().right(),
              () ->
                  lab.peer()
                      .open(
                          PortOptions.bind(XdpLab.endpoint(lab.hosts().right().ipv4(), 0)),
                          (_, datagram) -> seen[0] += datagram.length()));
      Endpoint to = lab.at(lab.hosts().left().ipv4(), near);
      long least = Long.MAX_VALUE;
      // Until the paths are compiled, the linker's own code allocates at each system call.
      for (int round = 0; round < 300 && least > 5_000; round++) {
        long before = bean.getThreadAllocatedBytes(thread);
        for (int burst = 0; burst < 500; burst++) {
          pass(lab, near, far.localEndpoint());
          pass(lab, far, to);
        }
        least = bean.getThreadAllocatedBytes(thread) - before;
      }
      assertTrue(least <= 5_000, least + " bytes for 32000 datagrams");
    }
  }

  private static void pass(XdpLab lab, PacketPort from, Endpoint to) {
    for (int i = 0; i < 32; i++) {
      long at = from.reserve(100);
      if (at >= 0) {
        from.commit(100, to.high(), to.low(), to.port());
      }
    }
    while (from.queued() > 0 || lab.xdp().doWork() + lab.peer().doWork() > 0) {
      int _ = lab.xdp().doWork() + lab.peer().doWork();
    }
  }
}
