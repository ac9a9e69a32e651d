package org.vexor.packet.xdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.packet.PortOptions;
import org.vexor.packet.batch.BatchEngine;
import org.vexor.packet.xdp.device.DeviceMode;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// What cannot be opened says why and what mends it, and leaves nothing behind.
@RequiresRoot
final class XdpRefusalTest {
  private static VirtualHosts hosts;

  @BeforeAll
  static void lay() {
    hosts = VirtualHosts.create("packet-xdp");
  }

  @AfterAll
  static void remove() {
    hosts.close();
  }

  private static XdpEngine open(XdpOptions options) {
    return XdpLab.in(
        hosts.left(),
        () -> {
          var beneath = new BatchEngine(XdpLab.FRAMES);
          try {
            return XdpEngine.open(options, beneath, XdpLab.FRAMES);
          } catch (RuntimeException e) {
            beneath.close();
            throw e;
          }
        });
  }

  private static PortException refused(XdpOptions options) {
    PortException refusal = assertThrows(PortException.class, () -> open(options).close());
    assertFalse(refusal.remedy().isEmpty(), refusal::getMessage);
    // Whatever was opened on the way is closed again: generic mode works at once.
    open(XdpLab.rings().withMode(DeviceMode.GENERIC)).close();
    return refusal;
  }

  private static void says(PortException refusal, String... parts) {
    String message = String.valueOf(refusal.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }

  @Test
  void anInterfaceThatIsNotThere() {
    XdpOptions options = new XdpOptions("nic7", DeviceMode.AUTO, List.of(0), 64, 64, 64, 0, 0);
    says(refused(options), "nic7", "no such interface", "ip link");
  }

  @Test
  void aQueueThatIsNotThere() {
    says(refused(XdpLab.rings().withQueues(List.of(5))), "no queue 5", "0 to 0");
  }

  @Test
  void anMtuTooLargeForNativeMode() {
    // A veth looks at the MTU of its other end.
    hosts.right().ip("link", "set", "v0", "mtu", "9000");
    try {
      says(refused(XdpLab.rings().withMode(DeviceMode.NATIVE)), "ERANGE", "mtu");
      try (XdpEngine automatic = open(XdpLab.rings())) {
        assertEquals("generic, copy", automatic.report().mode(), "the next best");
        assertEquals("auto", automatic.report().device().orElseThrow().modeAsked());
      }
    } finally {
      hosts.right().ip("link", "set", "v0", "mtu", "1500");
    }
  }

  @Test
  void zeroCopyWithoutADriverForIt() {
    says(refused(XdpLab.rings().withMode(DeviceMode.ZERO_COPY)), "EOPNOTSUPP", "copy mode");
  }

  @Test
  void nativeModeOnTheLoopback() {
    XdpOptions options = new XdpOptions("lo", DeviceMode.NATIVE, List.of(0), 64, 64, 64, 0, 0);
    says(refused(options), "EOPNOTSUPP", "generic");
  }

  @ParameterizedTest
  @EnumSource(names = {"NATIVE", "GENERIC"})
  void anotherPrograms(XdpMode mode) {
    try (ForeignProgram foreign = ForeignProgram.attach(hosts.left(), mode)) {
      for (DeviceMode ours : new DeviceMode[] {DeviceMode.AUTO, DeviceMode.GENERIC}) {
        PortException refusal =
            assertThrows(PortException.class, () -> open(XdpLab.rings().withMode(ours)).close());
        says(refusal, "program id " + foreign.id() + " (foreign)", "bpftool prog show");
      }
    }
    open(XdpLab.rings()).close();
  }

  @Test
  void aQueueOrAModeThatAnotherEngineHas() {
    try (XdpEngine first = open(XdpLab.rings().withMode(DeviceMode.GENERIC))) {
      PortException queue =
          assertThrows(
              PortException.class, () -> open(XdpLab.rings().withMode(DeviceMode.GENERIC)).close());
      says(queue, "queue 0", "queues of its own");
      PortException mode = assertThrows(PortException.class, () -> open(XdpLab.rings()).close());
      says(mode, "in use as generic");
      assertTrue(first.report().toText().startsWith("AF_XDP"));
    }
  }

  @Test
  void portsOfOthers() throws IOException {
    try (XdpEngine engine = open(XdpLab.rings().withMode(DeviceMode.GENERIC))) {
      Endpoint ssh = XdpLab.endpoint("0.0.0.0", 22);
      says(
          assertThrows(PortException.class, () -> engine.open(PortOptions.bind(ssh), (_, _) -> {})),
          "22",
          "another port");
      Process other =
          new ProcessBuilder(
                  "ip",
                  "netns",
                  "exec",
                  hosts.left().namespace(),
                  "python3",
                  "-c",
                  """
                  import socket,sys
                  s=socket.socket(socket.AF_INET,socket.SOCK_DGRAM)
                  s.setsockopt(socket.SOL_SOCKET,socket.SO_REUSEPORT,1)
                  s.bind(('0.0.0.0',7001))
                  print('bound',flush=True)
                  sys.stdin.read()
                  """)
              .start();
      try {
        assertEquals("bound", other.inputReader().readLine());
        Endpoint shared = XdpLab.endpoint(hosts.left().ipv4(), 7001);
        PortException refusal =
            XdpLab.in(
                hosts.left(),
                () ->
                    assertThrows(
                        PortException.class,
                        () -> engine.open(PortOptions.bind(shared).withReusePort(), (_, _) -> {})));
        says(refusal, "another program's socket", "ss -uanpe");
      } finally {
        other.destroy();
      }
    }
  }
}
