package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketPort;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// What goes by the rings and what by the kernel, with a peer whose kernel verifies every checksum.
@RequiresRoot
final class XdpTrafficTest {
  @ParameterizedTest
  @CsvSource({"NATIVE, false", "NATIVE, true", "GENERIC, false", "GENERIC, true"})
  void datagramsOfKnownNeighboursPassTheKernelBothWays(DeviceMode mode, boolean ipv6) {
    try (XdpLab lab = new XdpLab(mode)) {
      PacketPort near = lab.near(ipv6 ? "::" : "0.0.0.0", 0);
      PacketPort far = lab.far(ipv6 ? lab.hosts().right().ipv6() : lab.hosts().right().ipv4(), 0);
      Endpoint nearAddress =
          lab.at(ipv6 ? lab.hosts().left().ipv6() : lab.hosts().left().ipv4(), near);
      // The first one asks for the neighbour, by the kernel.
      lab.settle(near, far.localEndpoint());
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

  @Test
  void aSleepEndsByAPacketOnTheRings() throws InterruptedException {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      Thread sleeping = new Thread(() -> lab.xdp().await(60_000_000_000L));
      sleeping.start();
      while (sleeping.getState() != Thread.State.RUNNABLE) {
        Thread.onSpinWait();
      }
      XdpLab.send(far, "wake", lab.at(lab.hosts().left().ipv4(), near));
      assertEquals(1, far.flush());
      sleeping.join(10_000);
      assertFalse(sleeping.isAlive(), "still asleep");
      lab.await(() -> lab.received().contains("wake"), "what woke it");
    }
  }

  @Test
  void busyPollingMovesTheSame() {
    try (XdpLab lab =
        new XdpLab(
            VirtualHosts.Options.standard(),
            options -> options.withMode(DeviceMode.NATIVE).withBusyPoll(20),
            XdpLab.FRAMES)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
      lab.settle(near, far.localEndpoint());
      for (int i = 0; i < 50; i++) {
        lab.exchange(near, "forth " + i, far.localEndpoint());
        lab.exchange(far, "back " + i, lab.at(lab.hosts().left().ipv4(), near));
      }
      assertEquals(0, XdpLab.byKernel(near).received());
    }
  }

  @Test
  void whatOnlyTheKernelCanSendGoesByIt() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      PacketPort near = lab.near("0.0.0.0", 0);
      PacketPort bound = lab.near(lab.hosts().left().ipv4(), 0);
      PacketPort loopback = lab.near("127.0.0.1", 0);
      PacketPort far = lab.far("0.0.0.0", 0);
      lab.settle(near, lab.at(lab.hosts().right().ipv4(), far));
      lab.exchange(bound, "rings", lab.at(lab.hosts().right().ipv4(), far));
      assertEquals(0, XdpLab.byKernel(bound).sent());
      long before = XdpLab.byKernel(near).sent();
      lab.exchange(near, "to an own address", bound.localEndpoint());
      lab.exchange(near, "to the loopback", loopback.localEndpoint());
      lab.exchange(loopback, "from the loopback", loopback.localEndpoint());
      assertEquals(before + 2, XdpLab.byKernel(near).sent());
      lab.hosts().left().ip("route", "add", "224.0.0.0/4", "dev", "v0");
      XdpLab.send(near, "multicast", XdpLab.endpoint("224.0.0.251", 5353));
      XdpLab.send(near, "nobody", XdpLab.endpoint("10.77.0.99", 9));
      lab.await(() -> XdpLab.byKernel(near).sent() == before + 4, "multicast and a dead address");
      // The path has less room than the port: the kernel cuts it up, and joins it over there.
      lab.hosts().left().ip("link", "set", "v0", "mtu", "600");
      lab.await(
          () -> {
            long sent = XdpLab.byKernel(near).sent();
            lab.exchange(near, "w".repeat(1000) + sent, lab.at(lab.hosts().right().ipv4(), far));
            return XdpLab.byKernel(near).sent() > sent;
          },
          "what is too large for a frame");
    }
  }

  @Test
  void everyPortGetsItsOwnOnItsOwnAddressAsAddressesComeAndGo() {
    try (XdpLab lab = new XdpLab(DeviceMode.NATIVE)) {
      String first = lab.hosts().left().ipv4();
      String second = "10.77.0.9";
      PacketPort any = lab.near("0.0.0.0", 0);
      PacketPort bound = lab.near(first, 7000);
      PacketPort far = lab.far("0.0.0.0", 0);
      lab.exchange(far, "any by first", lab.at(first, any));
      lab.exchange(far, "bound by first", lab.at(first, bound));
      lab.hosts().left().ip("addr", "add", second + "/24", "dev", "v0");
      try (BatchEngine other =
          lab.with(XdpLab.in(lab.hosts().left(), () -> new BatchEngine(XdpLab.FRAMES)))) {
        // The same number on another address is another's.
        PacketPort others = XdpLab.in(lab.hosts().left(), () -> lab.open(other, second, 7000));
        lab.exchange(far, "others by second", lab.at(second, others));
        assertEquals(1, others.counters().received());
        lab.await(
            () -> {
              long byRings = any.counters().received() - XdpLab.byKernel(any).received();
              lab.exchange(far, "any by second " + System.nanoTime(), lab.at(second, any));
              return any.counters().received() - XdpLab.byKernel(any).received() > byRings;
            },
            "the new address is taken");
        assertEquals(0, XdpLab.byKernel(bound).received());
      }
    }
  }

  @Test
  void severalQueuesAndPortsOfOneEngine() {
    try (XdpLab lab = queues(List.of(0, 1))) {
      PacketPort[] near = new PacketPort[4];
      for (int i = 0; i < near.length; i++) {
        near[i] = lab.near("0.0.0.0", 0);
      }
      for (int flow = 0; flow < 16; flow++) {
        PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
        for (int i = 0; i < near.length; i++) {
          String text = "flow " + flow + " to " + i;
          lab.exchange(far, text, lab.at(lab.hosts().left().ipv4(), near[i]));
          lab.exchange(near[i], "answer to " + text, far.localEndpoint());
        }
      }
      assertEquals(0, lab.beneath().counters().received(), "datagrams received by the kernel");
      for (PacketPort port : near) {
        assertEquals(16, port.counters().received());
      }
    }
  }

  @Test
  void enginesShareAnInterfaceAndANumberQueueByQueue() {
    try (XdpLab lab = queues(List.of(0))) {
      XdpEngine second =
          lab.with(
              XdpLab.in(
                  lab.hosts().left(),
                  () ->
                      XdpEngine.open(
                          XdpLab.rings().withMode(DeviceMode.NATIVE).withQueues(List.of(1)),
                          new BatchEngine(XdpLab.FRAMES),
                          XdpLab.FRAMES)));
      PacketPort a = lab.nearShared(lab.xdp(), "0.0.0.0", 7100);
      PacketPort b = lab.nearShared(second, "0.0.0.0", 7100);
      PacketPort alone = lab.near("0.0.0.0", 7200);
      int flows = 24;
      for (int flow = 0; flow < flows; flow++) {
        PacketPort far = lab.far(lab.hosts().right().ipv4(), 0);
        lab.exchange(far, "shared " + flow, lab.at(lab.hosts().left().ipv4(), a));
        lab.exchange(far, "alone " + flow, lab.at(lab.hosts().left().ipv4(), alone));
      }
      assertEquals(flows, a.counters().received() + b.counters().received());
      assertEquals(0, XdpLab.byKernel(a).received() + XdpLab.byKernel(b).received());
      assertEquals(flows, alone.counters().received());
      // What came in by the queue of the engine that has not that port.
      long byKernel = XdpLab.byKernel(alone).received();
      assertTrue(byKernel > 0 && byKernel < flows, byKernel + " of " + flows + " by the kernel");
      second.close();
      lab.exchange(
          lab.far(lab.hosts().right().ipv4(), 0), "after", lab.at(lab.hosts().left().ipv4(), a));
      assertTrue(lab.xdp().report().toText().startsWith("AF_XDP"));
    }
  }

  private static XdpLab queues(List<Integer> queues) {
    return new XdpLab(
        VirtualHosts.Options.standard().withQueues(2),
        options -> options.withMode(DeviceMode.NATIVE).withQueues(queues),
        XdpLab.FRAMES);
  }
}
