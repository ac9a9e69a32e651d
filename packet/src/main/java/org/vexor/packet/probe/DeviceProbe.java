package org.vexor.packet.probe;

import java.util.List;
import java.util.stream.Collectors;
import org.vexor.linux.bpf.AttachedXdp;
import org.vexor.linux.bpf.XdpMode;
import org.vexor.linux.netlink.NetdevFeatures;

/// Whether an XDP program of ours would attach to an interface, and how, by what is known of it:
/// trying would disturb the host's traffic.
public final class DeviceProbe {
  /// The largest MTU at which a frame and what the kernel keeps beside it fit into one page of 4
  /// KiB, as native mode wants: 4096 less headroom (256), skb_shared_info (320) and Ethernet (14).
  /// Measured on veth, Linux 6.18, where it is the other end's MTU that counts; drivers differ.
  public static final int NATIVE_MTU = 3506;

  private final AsRoot root;

  /// @param root how this user runs a command as root, for remedies
  public DeviceProbe(AsRoot root) {
    this.root = root;
  }

  /// Whether an XDP program would attach in some mode and bring packets; supported is `native` or
  /// `generic`. To an interface that is down or without carrier it attaches, and waits.
  public Probe attach(DeviceFacts device) {
    String name = device.link().name();
    if (device.program().isPresent()) {
      return foreign(name, device.program().get(), device.programName());
    }
    if (!device.link().isUp()) {
      return new Probe.Unsupported(
          Cause.LINK_DOWN,
          "interface " + name + " is down",
          root.line("ip link set dev " + name + " up"));
    }
    if (!device.link().hasCarrier()) {
      return new Probe.Unsupported(
          Cause.LINK_DOWN, "interface " + name + " has no carrier", "look at cable and peer");
    }
    return nativeMode(device) instanceof Probe.Supported
        ? new Probe.Supported("native")
        : new Probe.Supported("generic");
  }

  /// Whether these queues are free for AF_XDP sockets.
  public Probe queues(DeviceFacts device, List<Integer> wanted) {
    List<Integer> taken = device.takenQueues().stream().filter(wanted::contains).toList();
    if (taken.isEmpty()) {
      return new Probe.Supported("");
    }
    String numbers = taken.stream().map(String::valueOf).collect(Collectors.joining(", "));
    return new Probe.Unsupported(
        Cause.QUEUE_TAKEN,
        "another AF_XDP socket has queue " + numbers + " of " + device.link().name(),
        "stop the program that has it, or use other queues: --queues");
  }

  private Probe foreign(String name, AttachedXdp program, String programName) {
    String mode = program.mode() == XdpMode.GENERIC ? "generic" : "native";
    String who =
        "program id "
            + program.programId()
            + (programName.isEmpty() ? "" : " (" + programName + ")");
    return new Probe.Unsupported(
        Cause.FOREIGN_PROGRAM,
        "another XDP " + who + " is attached to " + name + ", " + mode + " mode",
        root.line("bpftool prog show id " + program.programId())
            + " tells whose it is; stop that program, or use another interface");
  }

  /// Whether the driver would run it itself.
  public Probe nativeMode(DeviceFacts device) {
    String driver = device.driver().map(info -> "driver " + info.driver()).orElse("this interface");
    if (device.link().isLoopback()) {
      return new Probe.Unsupported(Cause.DRIVER, "the loopback has no native XDP", "");
    }
    if (device.features().isEmpty()) {
      return new Probe.Unknown("this kernel does not tell what drivers can (it does since 6.3)");
    }
    NetdevFeatures features = device.features().get();
    if (!features.hasNativeXdp() || !features.hasRedirect()) {
      return new Probe.Unsupported(Cause.DRIVER, driver + " has no native XDP", "");
    }
    return device.link().mtu() > NATIVE_MTU
        ? new Probe.Unsupported(
            Cause.MTU,
            "MTU %d of %s is over %d, too much for native XDP"
                .formatted(device.link().mtu(), device.link().name(), NATIVE_MTU),
            root.line("ip link set dev " + device.link().name() + " mtu 1500"))
        : new Probe.Supported("native");
  }

  /// Whether the NIC can put packets into our memory itself.
  public Probe zeroCopy(DeviceFacts device) {
    if (device.features().isEmpty()) {
      return new Probe.Unknown("this kernel does not tell what drivers can (it does since 6.3)");
    }
    String driver = device.driver().map(info -> "driver " + info.driver()).orElse("this interface");
    return device.features().get().hasZeroCopy()
        ? new Probe.Supported("zero-copy")
        : new Probe.Unsupported(Cause.DRIVER, driver + " has no zero-copy", "");
  }
}
