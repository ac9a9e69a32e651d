package org.vexor.packet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.vexor.linux.ethtool.Channels;
import org.vexor.linux.host.CpuTopology;
import org.vexor.linux.netlink.NetdevFeatures;
import org.vexor.packet.probe.AsRoot;
import org.vexor.packet.probe.Cause;
import org.vexor.packet.probe.DeviceFacts;
import org.vexor.packet.probe.DeviceProbe;
import org.vexor.packet.probe.Probe;

/// One interface: link, driver, program, MTU, queues, offloads.
final class DeviceFindings {
  private final DeviceFacts device;
  private final String name;
  private final DeviceProbe probe;
  private final CpuTopology topology;

  /// @param root how this user runs a command as root
  /// @param topology the host's processors
  DeviceFindings(DeviceFacts device, AsRoot root, CpuTopology topology) {
    this.device = device;
    name = device.link().name();
    probe = new DeviceProbe(root);
    this.topology = topology;
  }

  List<Finding> all() {
    List<Finding> findings = new ArrayList<>();
    findings.add(link());
    findings.add(driver());
    findings.add(program());
    findings.add(mtu());
    findings.add(queues());
    findings.add(spread());
    findings.add(merging());
    vlan().ifPresent(findings::add);
    node().ifPresent(findings::add);
    return findings;
  }

  private Finding on(String topic, State state, String fact, String meaning, Remedy... remedies) {
    return Finding.on(name, topic, state, fact, meaning, remedies);
  }

  private Finding link() {
    if (device.link().isLoopback()) {
      return on("link", State.OK, "the loopback", "generic XDP only; packets of other hosts never");
    }
    if (!device.link().isUp()) {
      return on(
          "link",
          State.PROBLEM,
          "down",
          "no backend receives anything by it",
          Remedy.command("ip link set dev " + name + " up", "ip link set dev " + name + " down")
              .thatDisturbs("it may be down for a reason"));
    }
    return device.link().isRunning()
        ? on("link", State.OK, "up, with carrier", "packets can pass")
        : on(
            "link",
            State.PROBLEM,
            "up, without carrier",
            "no backend receives anything by it",
            Remedy.advice("plug in the cable, or set the other end up"));
  }

  private Finding driver() {
    String driver =
        device
            .driver()
            .map(info -> info.driver() + (info.bus().isEmpty() ? "" : " at " + info.bus()))
            .orElse("no driver told");
    if (device.features().isEmpty()) {
      return on(
          "driver", State.UNKNOWN, driver, "the kernel does not tell its XDP (it does since 6.3)");
    }
    NetdevFeatures features = device.features().get();
    List<String> can = new ArrayList<>();
    if (features.hasNativeXdp()) {
      can.add("native XDP");
    }
    if (features.hasRedirect()) {
      can.add("redirect");
    }
    if (features.hasZeroCopy()) {
      can.add("zero-copy");
    }
    if (features.hasFragments()) {
      can.add("frames in several buffers");
    }
    String fact = driver + ": " + (can.isEmpty() ? "no XDP of its own" : String.join(", ", can));
    return features.hasNativeXdp() && features.hasRedirect()
        ? on("driver", State.OK, fact, "AF_XDP in native mode")
        : on("driver", State.WARN, fact, "AF_XDP in generic mode: works, and costs more a packet");
  }

  private Finding program() {
    Optional<Probe.Unsupported> foreign =
        probe
            .attach(device)
            .obstacle()
            .filter(obstacle -> obstacle.cause() == Cause.FOREIGN_PROGRAM);
    return foreign
        .map(
            obstacle ->
                on(
                    "xdp_program",
                    State.PROBLEM,
                    obstacle.why(),
                    "there is room for one, and it is not replaced: no AF_XDP on " + name,
                    Remedy.advice(obstacle.remedy())))
        .orElseGet(() -> on("xdp_program", State.OK, "none attached", "room for ours"));
  }

  private Finding mtu() {
    String fact = "MTU " + device.link().mtu();
    boolean tooLarge =
        probe
            .nativeMode(device)
            .obstacle()
            .map(obstacle -> obstacle.cause() == Cause.MTU)
            .orElse(false);
    return tooLarge
        ? on(
            "mtu",
            State.WARN,
            fact,
            "over %d, too much for native XDP: generic mode".formatted(DeviceProbe.NATIVE_MTU),
            Remedy.command(
                    "ip link set dev " + name + " mtu 1500",
                    "ip link set dev " + name + " mtu " + device.link().mtu())
                .thatDisturbs("every host of the segment must agree on it"))
        : on("mtu", State.OK, fact, "fits");
  }

  private Finding queues() {
    int queues = device.receiveQueues();
    String fact =
        queues
            + (queues == 1 ? " receive queue" : " receive queues")
            + device
                .channels()
                .map(channels -> " of " + Math.max(queues, most(channels)))
                .orElse("");
    List<Integer> all = IntStream.range(0, Math.max(1, queues)).boxed().toList();
    Optional<Probe.Unsupported> taken = probe.queues(device, all).obstacle();
    if (taken.isPresent()) {
      return on(
          "queues",
          State.PROBLEM,
          fact + "; " + taken.get().why(),
          "a queue has room for one program's packet memory",
          Remedy.advice(taken.get().remedy()));
    }
    int processors = topology.cpus().size();
    return processors > 0 && queues > processors
        ? on(
            "queues",
            State.WARN,
            fact + " for " + processors + " processors",
            "every queue takes an AF_XDP socket; more than processors bring nothing",
            Remedy.command(
                    "ethtool -L " + name + " combined " + processors,
                    "ethtool -L " + name + " combined " + queues)
                .thatDisturbs("resets the link for a moment on some cards"))
        : on("queues", State.OK, fact, "an AF_XDP socket for each");
  }

  private static int most(Channels channels) {
    return channels.maxReceive() + channels.maxCombined();
  }

  private Finding spread() {
    if (device.rssQueues().isEmpty()) {
      return on(
          "rss",
          device.receiveQueues() > 1 ? State.UNKNOWN : State.OK,
          "no RSS table told",
          device.receiveQueues() > 1
              ? "packets may come in by any queue"
              : "one queue, nothing to spread");
    }
    String queues =
        device.rssQueues().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return on("rss", State.OK, "RSS spreads over queues " + queues, "all of them need a socket");
  }

  private Finding merging() {
    List<String> wrong = new ArrayList<>();
    if (device.has("rx-udp-gro-forwarding")) {
      wrong.add("rx-udp-gro-forwarding");
    }
    if (device.has("rx-lro")) {
      wrong.add("rx-lro");
    }
    if (wrong.isEmpty()) {
      return on("offloads", State.OK, "no merging of received datagrams", "as it should be");
    }
    return on(
        "offloads",
        State.WARN,
        String.join(" and ", wrong) + " on",
        "datagrams are merged before they reach a program, and LRO keeps native XDP from attaching",
        Remedy.command(toggle(wrong, "off"), toggle(wrong, "on")));
  }

  private String toggle(List<String> features, String state) {
    return "ethtool -K "
        + name
        + features.stream().map(one -> " " + one + " " + state).collect(Collectors.joining());
  }

  private Optional<Finding> vlan() {
    if (device.vlans().isEmpty() || !device.has("rx-vlan-hw-parse")) {
      return Optional.empty();
    }
    return Optional.of(
        on(
            "vlan",
            State.WARN,
            "VLAN interfaces " + String.join(", ", device.vlans()) + " and rxvlan on",
            "the NIC takes the tag off before XDP sees the packet: one for a VLAN looks like one"
                + " for "
                + name
                + ", told apart by its address alone",
            Remedy.command(
                "ethtool -K " + name + " rxvlan off", "ethtool -K " + name + " rxvlan on")));
  }

  private Optional<Finding> node() {
    if (device.node() < 0 || topology.nodes() < 2) {
      return Optional.empty();
    }
    String near =
        topology.cpus().stream()
            .filter(cpu -> cpu.node() == device.node())
            .map(cpu -> Integer.toString(cpu.number()))
            .collect(Collectors.joining(","));
    return Optional.of(
        on(
            "numa",
            State.OK,
            "on NUMA node " + device.node(),
            "its packets are cheapest on processors " + near,
            Remedy.prefix("taskset -c " + near, false)));
  }
}
