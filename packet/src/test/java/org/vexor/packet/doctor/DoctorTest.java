package org.vexor.packet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.vexor.linux.bpf.XdpLink;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.process.NetworkNamespace;
import org.vexor.linux.xdp.program.XdpFilter;
import org.vexor.packet.Endpoint;
import org.vexor.packet.probe.Surroundings;
import org.vexor.packet.select.Selection;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

/// The doctor on interfaces that are made for it.
final class DoctorTest {
  private static final Selection V0 =
      Selection.automatic(Endpoint.parse("0.0.0.0:9004")).withInterface("v0");

  private static Finding find(String topic) {
    List<Finding> findings = new Doctor(Surroundings.here()).examine(V0).findings();
    return findings.stream()
        .filter(one -> one.topic().equals(topic))
        .findFirst()
        .orElseThrow(() -> new AssertionError(topic + " is not among " + findings));
  }

  @Test
  void anInterfaceThatIsGoneIsAFinding() {
    Selection gone = V0.withInterface("no-such-0");
    Diagnosis diagnosis = new Doctor(Surroundings.here()).examine(gone);
    Finding found = diagnosis.findings().getLast();
    assertEquals("interface", found.topic());
    assertEquals(State.PROBLEM, found.state());
    assertTrue(found.remedies().getFirst().text().contains("lo"), found::toString);
    assertTrue(diagnosis.choice().isPresent(), "something always runs");
  }

  @Test
  @RequiresRoot
  void aForeignProgramIsSeenInEitherMode() {
    for (XdpMode mode : List.of(XdpMode.NATIVE, XdpMode.GENERIC)) {
      try (VirtualHosts hosts = VirtualHosts.create("doctor");
          var _ = NetworkNamespace.enter(hosts.left().path());
          XdpFilter filter = XdpFilter.load(1, 1792, false);
          XdpLink _ = filter.attach(hosts.left().interfaceIndex(), mode)) {
        Finding found = find("xdp_program");
        assertEquals(State.PROBLEM, found.state());
        int id = filter.program().info().id();
        assertTrue(found.fact().contains("program id " + id + " "), found.fact());
        assertTrue(found.fact().endsWith(mode == XdpMode.NATIVE ? "native mode" : "generic mode"));
      }
    }
  }

  @Test
  @RequiresRoot
  void mtuAndLinkAndDriverAreSeen() {
    var jumbo = VirtualHosts.Options.standard().withMtu(9000).withQueues(2);
    try (VirtualHosts hosts = VirtualHosts.create("doctor", jumbo);
        var _ = NetworkNamespace.enter(hosts.left().path())) {
      assertEquals(State.WARN, find("mtu").state());
      assertEquals("MTU 9000", find("mtu").fact());
      assertTrue(find("driver").fact().startsWith("veth: native XDP"), find("driver").fact());
      assertEquals("2 receive queues of 2", find("queues").fact());
      hosts.left().ip("link", "set", "v0", "down");
      assertEquals("down", find("link").fact());
    }
  }
}
