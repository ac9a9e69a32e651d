package org.vexor.linux.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.ValueLayout;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.KernelVersion;
import org.vexor.linux.netlink.NetdevQueues;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

@RequiresRoot
final class XdpSocketTest {
  private static final XdpSocketOptions SMALL = XdpSocketOptions.symmetric(64);

  @Test
  void socketIsBoundOnceAndAgainAfterClose() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      int index = hosts.left().interfaceIndex();
      for (int round = 0; round < 3; round++) {
        // The second and third meet the queue while the kernel is still releasing it.
        try (XdpSocket socket = XdpSocket.open(SMALL)) {
          socket.bind(index, 0, BindMode.COPY);
          assertFalse(socket.zeroCopy());
          assertTrue(socket.transmit().needsWakeup());
          assertEquals(0, socket.wakeTransmit());
          assertEquals(0, socket.wakeReceive());
          assertEquals(0, socket.statistics().rxDropped());
        }
      }
    }
  }

  @Test
  void packetMemoryServesSocketsOneAfterAnotherAndAtOnce() {
    try (VirtualHosts hosts =
            VirtualHosts.create("linux-xdp", VirtualHosts.Options.standard().withQueues(2));
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      int index = hosts.left().interfaceIndex();
      Umem umem = Umem.map(SMALL.frames(), SMALL.frameBytes());
      try (XdpSocket other = XdpSocket.open(umem, SMALL)) {
        other.bind(index, 1, BindMode.COPY);
        for (int round = 0; round < 2; round++) {
          try (XdpSocket socket = XdpSocket.open(umem, SMALL)) {
            socket.bind(index, 0, BindMode.COPY);
            assertSame(umem, socket.umem());
          }
        }
      }
    }
  }

  @Test
  void queueOfASocketIsSeenByOthers() {
    assumeTrue(
        KernelVersion.read(HostFiles.here()).map(version -> version.isAtLeast(6, 14)).orElse(false),
        "the kernel tells since 6.14");
    try (VirtualHosts hosts =
            VirtualHosts.create("linux-xdp", VirtualHosts.Options.standard().withQueues(2));
        var _ = NetworkNamespace.enter(hosts.left().path());
        XdpSocket socket = XdpSocket.open(SMALL)) {
      int index = hosts.left().interfaceIndex();
      assertEquals(List.of(), NetdevQueues.withAfXdp(index));
      socket.bind(index, 1, BindMode.COPY);
      assertEquals(List.of(1), NetdevQueues.withAfXdp(index));
    }
  }

  @Test
  void refusalsOfBindNameTheRemedy() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        XdpSocket first = XdpSocket.open(SMALL);
        XdpSocket second = XdpSocket.open(SMALL)) {
      int index = hosts.left().interfaceIndex();
      first.bind(index, 0, BindMode.COPY);
      KernelException busy =
          assertThrows(KernelException.class, () -> second.bind(index, 0, BindMode.COPY));
      assertEquals(Errno.EBUSY, busy.errno());
      assertTrue(busy.remedy().contains("another AF_XDP socket"), busy.remedy());
      KernelException queue =
          assertThrows(KernelException.class, () -> second.bind(index, 9, BindMode.COPY));
      assertEquals(Errno.EINVAL, queue.errno());
    }
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        XdpSocket socket = XdpSocket.open(SMALL)) {
      int index = hosts.left().interfaceIndex();
      KernelException zeroCopy =
          assertThrows(KernelException.class, () -> socket.bind(index, 0, BindMode.ZERO_COPY));
      assertEquals(Errno.EOPNOTSUPP, zeroCopy.errno());
    }
  }

  @Test
  void optionsOfBusyPollAndBudgetAreTaken() {
    try (XdpSocket socket = XdpSocket.open(SMALL)) {
      socket.preferBusyPoll(20, 64);
      // Old kernels refuse it, which is an answer as well.
      boolean known = socket.transmitBudget(64);
      assertEquals(known, socket.transmitBudget(32));
      assertFalse(socket.transmitBudget(1 << 20));
    }
  }

  @Test
  void closedSocketRefusesInsteadOfCrashing() {
    XdpSocket socket = XdpSocket.open(SMALL);
    var memory = socket.umem().segment();
    socket.close();
    socket.close();
    assertEquals(0, memory.get(ValueLayout.JAVA_BYTE, 0), "the packet memory outlives it");
    assertThrows(IllegalStateException.class, () -> socket.fill().reserve(64 * 2 + 1));
    assertThrows(IllegalStateException.class, socket::wakeTransmit);
  }

  @Test
  void deviceThatIsGoneIsToldAtTheNextCall() {
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp");
        var _ = NetworkNamespace.enter(hosts.left().path());
        XdpSocket socket = XdpSocket.open(SMALL)) {
      socket.bind(hosts.left().interfaceIndex(), 0, BindMode.COPY);
      hosts.left().ip("link", "set", "v0", "down");
      assertEquals(-Errno.ENETDOWN, socket.wakeReceive());
      hosts.left().ip("link", "del", "v0");
      assertEquals(-Errno.ENXIO, socket.wakeReceive());
      assertEquals(-Errno.ENXIO, socket.wakeTransmit());
    }
  }
}
