package org.vexor.packet.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.KernelVersion;
import org.vexor.linux.host.Reading;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.ProcessStatus;
import org.vexor.packet.probe.Cause;
import org.vexor.packet.probe.Probe;
import org.vexor.packet.probe.Surroundings;

/// What the kernel can and allows: version, AF_XDP, BPF, io_uring, seccomp, settings.
final class KernelFindings {
  /// bpf_link for XDP, without which a killed process would leave its program behind.
  private static final int[] BPF_LINK = {5, 9};

  /// Multishot recvmsg.
  private static final int[] MULTISHOT = {6, 0};

  /// What lets a burst of a few milliseconds wait in a socket: packets of 1.2 KB, a million a
  /// second.
  private static final long RECEIVE_BUFFER_BYTES = 8L << 20;

  private static final String SETTINGS_FILE = "/etc/sysctl.d/90-vexor.conf";

  private final Surroundings here;
  private final HostFiles files;

  KernelFindings(Surroundings here) {
    this.here = here;
    files = here.files();
  }

  List<Finding> all() {
    Probe socket = here.xdp().socket();
    Probe program = here.xdp().program();
    Probe uring = here.uring().receive();
    Probe batches = here.batches().move();
    List<Finding> findings = new ArrayList<>();
    findings.add(version());
    findings.add(probed("af_xdp_socket", "an AF_XDP socket", socket));
    findings.add(probed("bpf_program", "an XDP program", program));
    findings.add(probed("io_uring", "io_uring multishot receive", uring));
    findings.add(probed("udp_batches", "UDP in batches", batches));
    findings.add(seccomp(Stream.of(socket, program, uring, batches)));
    findings.add(lockdown());
    findings.add(uringSwitch());
    findings.add(unprivilegedBpf());
    findings.add(jit());
    findings.add(receiveBuffer());
    return findings;
  }

  private Finding version() {
    Optional<KernelVersion> kernel = here.privileges().kernel();
    if (kernel.isEmpty()) {
      return Finding.of(
          "kernel", State.UNKNOWN, "the kernel does not tell its version", "no /proc?");
    }
    KernelVersion version = kernel.get();
    String fact = "Linux " + version.release();
    if (!version.isAtLeast(BPF_LINK[0], BPF_LINK[1])) {
      return Finding.of(
          "kernel",
          State.PROBLEM,
          fact,
          "AF_XDP is not used before 5.9: a killed process would leave its program attached",
          Remedy.advice("run Linux 6.1 or newer"));
    }
    return version.isAtLeast(MULTISHOT[0], MULTISHOT[1])
        ? Finding.of("kernel", State.OK, fact, "new enough for everything")
        : Finding.of(
            "kernel",
            State.WARN,
            fact,
            "io_uring cannot receive in multishot mode before 6.0",
            Remedy.advice("run Linux 6.1 or newer"));
  }

  private static Finding probed(String topic, String what, Probe probe) {
    return switch (probe) {
      case Probe.Supported(String how) ->
          Finding.of(
              topic, State.OK, what + " works" + (how.isEmpty() ? "" : " (" + how + ")"), "tried");
      case Probe.Unsupported(Cause cause, String why, String remedy) ->
          new Finding(
              topic,
              Optional.empty(),
              State.PROBLEM,
              why,
              what + " is not possible; cause: " + cause.word(),
              remedy.isEmpty() || cause == Cause.CAPABILITY
                  ? List.of()
                  : List.of(Remedy.advice(remedy)));
      case Probe.Unknown(String why) ->
          Finding.of(topic, State.UNKNOWN, why, what + " could not be tried");
    };
  }

  private Finding seccomp(Stream<Probe> probes) {
    ProcessStatus.Seccomp mode = here.privileges().status().seccomp();
    List<Probe.Unsupported> refused =
        probes
            .flatMap(probe -> probe.obstacle().stream())
            .filter(found -> found.cause() == Cause.SECCOMP)
            .toList();
    return switch (mode) {
      case OFF -> Finding.of("seccomp", State.OK, "no seccomp filter", "no call is filtered");
      case STRICT, FILTER ->
          refused.isEmpty()
              ? Finding.of(
                  "seccomp",
                  State.OK,
                  "a seccomp filter is in force",
                  "it refuses none of the calls that were tried; a refused one looks like EPERM or"
                      + " ENOSYS")
              : new Finding(
                  "seccomp",
                  Optional.empty(),
                  State.PROBLEM,
                  "a seccomp filter is in force and refuses: "
                      + refused.stream()
                          .map(Probe.Unsupported::why)
                          .collect(Collectors.joining("; ")),
                  "the kernel would do it, the filter answers in its place",
                  List.of(Remedy.advice(refused.getFirst().remedy())));
      case UNKNOWN ->
          Finding.of(
              "seccomp", State.UNKNOWN, "the kernel does not tell", "built without seccomp?");
    };
  }

  private Finding lockdown() {
    return switch (files.read("sys/kernel/security/lockdown")) {
      case Reading.Value(String text) ->
          Finding.of(
              "lockdown",
              State.OK,
              "kernel lockdown: " + text,
              "AF_XDP and its program need nothing that lockdown forbids");
      case Reading.Absent() ->
          Finding.of(
              "lockdown",
              State.OK,
              "no lockdown to be seen",
              "built without, or /sys/kernel/security is not mounted here");
      case Reading.Refused(String why) ->
          Finding.of("lockdown", State.UNKNOWN, why, "it forbids nothing that AF_XDP needs");
    };
  }

  private Finding uringSwitch() {
    String name = "kernel.io_uring_disabled";
    return switch (files.sysctl(name)) {
      case Reading.Value(String value) when value.equals("0") ->
          Finding.of("io_uring_disabled", State.OK, name + "=0", "open to every process");
      case Reading.Value(String value) ->
          Finding.of(
              "io_uring_disabled",
              State.PROBLEM,
              name + "=" + value,
              value.equals("1")
                  ? "io_uring is closed to processes without CAP_SYS_ADMIN that are not in the group"
                      + " kernel.io_uring_group"
                  : "io_uring is closed to every process",
              setting(name, "0", value));
      case Reading.Absent() ->
          Finding.of(
              "io_uring_disabled", State.OK, name + " is not there", "no such switch before 6.6");
      case Reading.Refused(String why) ->
          Finding.of("io_uring_disabled", State.UNKNOWN, why, "the probe of io_uring counts");
    };
  }

  private Finding unprivilegedBpf() {
    String name = "kernel.unprivileged_bpf_disabled";
    return switch (files.sysctl(name)) {
      case Reading.Value(String value) ->
          Finding.of(
              "unprivileged_bpf_disabled",
              State.OK,
              name + "=" + value,
              value.equals("0")
                  ? "maps need no capability, the XDP program does all the same"
                  : "bpf() takes CAP_BPF, as it should");
      case Reading.Absent() ->
          Finding.of(
              "unprivileged_bpf_disabled", State.OK, name + " is not there", "no such switch");
      case Reading.Refused(String why) ->
          Finding.of(
              "unprivileged_bpf_disabled", State.UNKNOWN, why, "the probe of the program counts");
    };
  }

  private Finding jit() {
    String name = "net.core.bpf_jit_enable";
    return switch (files.sysctl(name)) {
      case Reading.Value(String value) when value.equals("1") ->
          Finding.of("bpf_jit_enable", State.OK, name + "=1", "the XDP program is machine code");
      case Reading.Value(String value) ->
          Finding.of(
              "bpf_jit_enable",
              State.WARN,
              name + "=" + value,
              value.equals("0")
                  ? "the XDP program is interpreted for every packet of the interface"
                  : "made for debugging: the kernel logs every program",
              setting(name, "1", value));
      case Reading.Absent() ->
          Finding.of(
              "bpf_jit_enable",
              State.UNKNOWN,
              name + " is not there",
              "not shown in other network namespaces than the first, or always on");
      case Reading.Refused(String why) ->
          Finding.of("bpf_jit_enable", State.UNKNOWN, why, "on by default in distributions");
    };
  }

  private Finding receiveBuffer() {
    String name = "net.core.rmem_max";
    String topic = "rmem_max";
    return switch (files.sysctl(name)) {
      case Reading.Value(String value) -> {
        boolean enough =
            value.matches("\\d{1,18}") && Long.parseLong(value) >= RECEIVE_BUFFER_BYTES;
        boolean lifted = here.privileges().status().has(Capability.CAP_NET_ADMIN);
        yield enough || lifted
            ? Finding.of(
                topic,
                State.OK,
                name + "=" + value,
                enough ? "bursts can wait in sockets" : "lifted by CAP_NET_ADMIN")
            : Finding.of(
                topic,
                State.WARN,
                name + "=" + value,
                "a socket buffers no more than that: io_uring and UDP lose longer bursts",
                setting(name, Long.toString(RECEIVE_BUFFER_BYTES), value));
      }
      case Reading.Absent() ->
          Finding.of(
              topic,
              State.UNKNOWN,
              name + " is not there",
              "not shown in other network namespaces than the first");
      case Reading.Refused(String why) ->
          Finding.of(topic, State.UNKNOWN, why, "it limits the receive buffers of sockets");
    };
  }

  /// A setting until the next boot; the note says how to keep it.
  private static Remedy setting(String name, String wanted, String now) {
    return Remedy.command("sysctl -w " + name + "=" + wanted, "sysctl -w " + name + "=" + now)
        .withNote("to keep it after a boot put " + name + "=" + wanted + " into " + SETTINGS_FILE);
  }
}
