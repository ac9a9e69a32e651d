package org.vexor.packet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.ethtool.Channels;
import org.vexor.linux.ethtool.DriverInfo;
import org.vexor.linux.ethtool.Offload;
import org.vexor.linux.host.CpuTopology;
import org.vexor.linux.netlink.Link;
import org.vexor.linux.netlink.NetdevFeatures;
import org.vexor.packet.probe.AsRoot;
import org.vexor.packet.probe.DeviceFacts;

final class DeviceFindingsTest {
  private static final int UP = 1;
  private static final int RUNNING = 0x40;
  private static final NetdevFeatures NATIVE = new NetdevFeatures(1 | 2 | 4, 0, 0);
  private static final NetdevFeatures NONE = new NetdevFeatures(0, 0, 0);

  /// Two nodes of two processors each.
  private static final CpuTopology FOUR =
      new CpuTopology(
          IntStream.range(0, 4)
              .mapToObj(i -> new CpuTopology.Cpu(i, i / 2, i % 2, i / 2))
              .toList());

  private static Link link(int flags, int mtu) {
    return new Link(3, "eth7", 0x020000000001L, mtu, flags, 6, 2, 0, 0);
  }

  private static DeviceFacts device(
      Link link, Optional<NetdevFeatures> features, List<String> active, int... rss) {
    return new DeviceFacts(
        link,
        Optional.of(new DriverInfo("ixgbe", "6.1", "", "0000:03:00.0")),
        Optional.of(new Channels(0, 0, 63, 0, 0, 8)),
        features,
        active.stream().map(name -> new Offload(name, true, true)).toList(),
        IntStream.of(rss).boxed().toList(),
        List.of(),
        Optional.empty(),
        "",
        List.of("eth7.5"),
        1);
  }

  private static DeviceFacts healthy() {
    return device(link(UP | RUNNING, 1500), Optional.of(NATIVE), List.of(), 0, 1);
  }

  private static DeviceFacts with(AttachedXdp program, String name) {
    DeviceFacts one = healthy();
    return new DeviceFacts(
        one.link(),
        one.driver(),
        one.channels(),
        one.features(),
        one.offloads(),
        one.rssQueues(),
        one.takenQueues(),
        Optional.of(program),
        name,
        one.vlans(),
        one.node());
  }

  private static Finding find(DeviceFacts device, String topic) {
    return new DeviceFindings(device, AsRoot.SUDO, FOUR)
        .all().stream().filter(finding -> finding.topic().equals(topic)).findFirst().orElseThrow();
  }

  private static String paste(Finding finding) {
    return finding.remedies().getFirst().paste(AsRoot.SUDO);
  }

  @Test
  void aHealthyInterfaceIsOkInEveryPoint() {
    for (String topic : List.of("link", "driver", "xdp_program", "mtu", "rss", "offloads")) {
      assertEquals(State.OK, find(healthy(), topic).state(), topic);
    }
    assertEquals("ixgbe at 0000:03:00.0: native XDP, redirect", find(healthy(), "driver").fact());
    assertEquals("RSS spreads over queues 0, 1", find(healthy(), "rss").fact());
  }

  @Test
  void aLinkThatIsDownIsToldApartFromOneWithoutCarrier() {
    Finding down = find(device(link(0, 1500), Optional.of(NATIVE), List.of()), "link");
    assertEquals(State.PROBLEM, down.state());
    assertEquals("sudo ip link set dev eth7 up", paste(down));
    assertTrue(down.remedies().getFirst().disturbs());
    Finding idle = find(device(link(UP, 1500), Optional.of(NATIVE), List.of()), "link");
    assertEquals("up, without carrier", idle.fact());
  }

  @Test
  void aForeignProgramIsNamedByIdAndMode() {
    Finding found = find(with(new AttachedXdp(XdpMode.GENERIC, 77), "cilium"), "xdp_program");
    assertEquals(State.PROBLEM, found.state());
    assertEquals(
        "another XDP program id 77 (cilium) is attached to eth7, generic mode", found.fact());
    assertTrue(paste(found).startsWith("sudo bpftool prog show id 77 "), paste(found));
    assertEquals(
        "another XDP program id 8 is attached to eth7, native mode",
        find(with(new AttachedXdp(XdpMode.NATIVE, 8), ""), "xdp_program").fact());
  }

  @Test
  void anMtuTooLargeForNativeModeIsLoweredReversibly() {
    Finding found = find(device(link(UP | RUNNING, 9000), Optional.of(NATIVE), List.of()), "mtu");
    assertEquals(State.WARN, found.state());
    assertEquals("sudo ip link set dev eth7 mtu 1500", paste(found));
    assertEquals(Optional.of("ip link set dev eth7 mtu 9000"), found.remedies().getFirst().undo());
    assertEquals(
        State.OK,
        find(device(link(UP | RUNNING, 9000), Optional.of(NONE), List.of()), "mtu").state(),
        "generic mode takes every MTU");
  }

  @Test
  void whatTheKernelDoesNotTellIsUnknown() {
    DeviceFacts old = device(link(UP | RUNNING, 1500), Optional.empty(), List.of());
    assertEquals(State.UNKNOWN, find(old, "driver").state());
    assertEquals(State.UNKNOWN, find(old, "rss").state());
    assertEquals(
        State.WARN,
        find(device(link(UP | RUNNING, 1500), Optional.of(NONE), List.of()), "driver").state());
  }

  @Test
  void offloadsThatMergeOrHideAreSwitchedOffTogether() {
    DeviceFacts merging =
        device(
            link(UP | RUNNING, 1500),
            Optional.of(NATIVE),
            List.of("rx-udp-gro-forwarding", "rx-lro", "rx-vlan-hw-parse"));
    Finding offloads = find(merging, "offloads");
    assertEquals("sudo ethtool -K eth7 rx-udp-gro-forwarding off rx-lro off", paste(offloads));
    assertEquals(
        Optional.of("ethtool -K eth7 rx-udp-gro-forwarding on rx-lro on"),
        offloads.remedies().getFirst().undo());
    Finding vlan = find(merging, "vlan");
    assertTrue(vlan.fact().contains("eth7.5"), vlan.fact());
    assertEquals("sudo ethtool -K eth7 rxvlan off", paste(vlan));
  }

  @Test
  void moreQueuesThanProcessorsAndANodeOfItsOwnAreTold() {
    Finding queues = find(healthy(), "queues");
    assertEquals("8 receive queues of 63 for 4 processors", queues.fact());
    assertEquals("sudo ethtool -L eth7 combined 4", paste(queues));
    Finding node = find(healthy(), "numa");
    assertEquals("taskset -c 2,3 COMMAND", paste(node));
  }
}
