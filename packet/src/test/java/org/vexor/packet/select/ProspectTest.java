package org.vexor.packet.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.netlink.NetdevQueues;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.linux.xdp.BindMode;
import org.vexor.linux.xdp.XdpSocket;
import org.vexor.linux.xdp.XdpSocketOptions;
import org.vexor.linux.xdp.program.XdpFilter;
import org.vexor.packet.Backend;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.probe.DeviceProbe;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// What is foretold and what opening finds, side by side.
@RequiresRoot
final class ProspectTest {
  private static final Selection V0 =
      Selection.automatic(Endpoint.parse("0.0.0.0:0")).withInterface("v0");
  private static final VirtualHosts.Options CABLE = VirtualHosts.Options.standard();

  private static void bothSay(Backend backend, Selection selection) {
    Backend foretold =
        PacketEngines.prospects(selection).stream()
            .filter(Prospect.Open.class::isInstance)
            .findFirst()
            .orElseThrow()
            .backend();
    try (PacketEngine engine = PacketEngines.open(selection)) {
      assertEquals(List.of(backend, backend), List.of(foretold, engine.report().backend()));
    }
  }

  private static void inLeft(VirtualHosts.Options options, Check check) {
    try (VirtualHosts hosts = VirtualHosts.create("prospect", options);
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      check.run(hosts.left());
    }
  }

  private interface Check {
    void run(VirtualHosts.Host host);
  }

  @Test
  void agreeOnAnInterfaceThatIsFree() {
    inLeft(
        CABLE,
        host -> {
          bothSay(Backend.AF_XDP, V0);
          bothSay(Backend.AF_XDP, V0.withXdpMode(DeviceMode.GENERIC));
          bothSay(Backend.IO_URING, V0.withXdpMode(DeviceMode.ZERO_COPY));
          bothSay(Backend.IO_URING, V0.withQueues(QueueChoice.parse("1-1")));
          bothSay(Backend.IO_URING, V0.withInterface("v7"));
        });
  }

  @Test
  void agreeOnAnInterfaceThatIsDown() {
    inLeft(
        CABLE,
        host -> {
          host.ip("link", "set", "v0", "down");
          bothSay(Backend.IO_URING, V0);
        });
  }

  @Test
  void agreeOnAnInterfaceWithoutCarrier() {
    try (VirtualHosts hosts = VirtualHosts.create("prospect", CABLE);
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      hosts.right().ip("link", "set", "v0", "down");
      bothSay(Backend.IO_URING, V0);
    }
  }

  @Test
  void agreeOnAnMtuTooLargeForNativeMode() {
    inLeft(
        CABLE.withMtu(9000),
        host -> {
          bothSay(Backend.AF_XDP, V0);
          bothSay(Backend.IO_URING, V0.withXdpMode(DeviceMode.NATIVE));
        });
    inLeft(
        CABLE.withMtu(DeviceProbe.NATIVE_MTU),
        host -> bothSay(Backend.AF_XDP, V0.withXdpMode(DeviceMode.NATIVE)));
    inLeft(
        CABLE.withMtu(DeviceProbe.NATIVE_MTU + 1),
        host -> bothSay(Backend.IO_URING, V0.withXdpMode(DeviceMode.NATIVE)));
  }

  @Test
  void agreeOnAnInterfaceWithAnothersProgram() {
    for (XdpMode mode : List.of(XdpMode.NATIVE, XdpMode.GENERIC)) {
      inLeft(
          CABLE,
          host -> {
            try (XdpFilter foreign = XdpFilter.load(1, 1792, false);
                XdpLink _ = foreign.attach(host.interfaceIndex(), mode)) {
              bothSay(Backend.IO_URING, V0);
            }
          });
    }
  }

  @Test
  void agreeOnAQueueThatAnotherSocketHas() {
    inLeft(
        CABLE,
        host -> {
          try (XdpSocket other = XdpSocket.open(XdpSocketOptions.symmetric(64))) {
            other.bind(host.interfaceIndex(), 0, BindMode.COPY);
            assumeFalse(
                NetdevQueues.withAfXdp(host.interfaceIndex()).isEmpty(),
                "this kernel does not tell of AF_XDP sockets");
            bothSay(Backend.IO_URING, V0);
          }
        });
  }
}
