package org.vexor.packet.probe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.host.ContainerSigns;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.KernelVersion;
import org.vexor.linux.process.Capability;
import org.vexor.linux.process.ProcessStatus;
import org.vexor.linux.process.ProcessStatus.Seccomp;
import org.vexor.linux.process.ResourceLimit;

final class ProbeTest {
  private static final long ALL = -1;
  private static final long NONE = 0;
  private static final ContainerSigns NO_CONTAINER =
      new ContainerSigns(List.of(), Optional.of(false));
  private static final Path JDK = Path.of("/opt/jdk/bin/java");

  private static Privileges process(long effective, Seccomp seccomp, ContainerSigns container) {
    return new Privileges(
        new ProcessStatus(effective, effective, NONE, ALL, seccomp, false),
        1000,
        container,
        new ResourceLimit(8 << 20, 8 << 20),
        KernelVersion.parse("6.1.0"));
  }

  private static CapabilityRemedy remedy(Privileges privileges, boolean findable) {
    return new CapabilityRemedy(
        privileges,
        Optional.of(new JavaLauncher(JDK, Optional.empty(), false, findable)),
        AsRoot.SUDO);
  }

  private static Probe judge(Privileges privileges, int errno) {
    return new Refusals(privileges, remedy(privileges, true))
        .judge(
            new KernelException("bpf", errno, "loading XDP program", ""),
            Privileges.Need.BPF,
            Privileges.Need.NETWORK_ADMINISTRATION);
  }

  private static Cause cause(Probe probe) {
    return probe.obstacle().orElseThrow().cause();
  }

  @Test
  void aRefusalIsOfTheCapabilityWhenThatIsMissing() {
    Probe.Unsupported found =
        judge(process(NONE, Seccomp.FILTER, NO_CONTAINER), Errno.EPERM).obstacle().orElseThrow();
    assertEquals(Cause.CAPABILITY, found.cause());
    assertEquals(
        "loading XDP program: bpf() failed: EPERM, this process lacks CAP_BPF, CAP_NET_ADMIN",
        found.why());
    assertEquals(
        "sudo setcap cap_net_admin,cap_net_raw,cap_ipc_lock,cap_bpf+ep /opt/jdk/bin/java",
        found.remedy());
  }

  @Test
  void aRefusalInSpiteOfTheCapabilityIsOfWhatElseStandsBetween() {
    assertEquals(
        Cause.SECCOMP, cause(judge(process(ALL, Seccomp.FILTER, NO_CONTAINER), Errno.EPERM)));
    assertEquals(
        Cause.SECCOMP, cause(judge(process(ALL, Seccomp.FILTER, NO_CONTAINER), Errno.ENOSYS)));
    assertEquals(Cause.KERNEL, cause(judge(process(ALL, Seccomp.OFF, NO_CONTAINER), Errno.ENOSYS)));
    assertEquals(
        Cause.SECURITY_MODULE, cause(judge(process(ALL, Seccomp.OFF, NO_CONTAINER), Errno.EPERM)));
    ContainerSigns mapped = new ContainerSigns(List.of(), Optional.of(true));
    assertEquals(
        Cause.USER_NAMESPACE, cause(judge(process(ALL, Seccomp.OFF, mapped), Errno.EPERM)));
    assertEquals(
        Cause.LOCKED_MEMORY, cause(judge(process(ALL, Seccomp.OFF, NO_CONTAINER), Errno.ENOBUFS)));
  }

  @Test
  void theVerifiersRefusalIsOneLineAndNoMatterOfPrivilege() {
    Privileges process = process(ALL, Seccomp.OFF, NO_CONTAINER);
    Probe.Unsupported found =
        new Refusals(process, remedy(process, true))
            .judge(new KernelException("bpf", Errno.EACCES, "p (verifier: 1: a\n2: bad)", ""))
            .obstacle()
            .orElseThrow();
    assertEquals(Cause.KERNEL, found.cause());
    assertEquals(
        "the kernel's verifier refuses the XDP program: 2: bad): bpf() failed: EACCES",
        found.why());
  }

  @Test
  void theWiderCapabilityCountsToo() {
    long wide = 1L << 21 | 1L << 13;
    assertEquals(List.of(), process(wide, Seccomp.OFF, NO_CONTAINER).missingForXdp());
    assertEquals(
        List.of(Capability.CAP_NET_RAW, Capability.CAP_BPF),
        process(1L << 12, Seccomp.OFF, NO_CONTAINER).missingForXdp());
  }

  @Test
  void memoryIsCountedAgainstTheLimitUnlessTheCapabilityLiftsIt() {
    assertTrue(process(NONE, Seccomp.OFF, NO_CONTAINER).mayLock(8 << 20));
    assertEquals(false, process(NONE, Seccomp.OFF, NO_CONTAINER).mayLock((8 << 20) + 1));
    assertTrue(process(1L << 14, Seccomp.OFF, NO_CONTAINER).mayLock(Long.MAX_VALUE));
    Privileges user = process(NONE, Seccomp.OFF, NO_CONTAINER);
    Probe.Unsupported low =
        new XdpSupport(user, remedy(user, true)).memory(40 << 20).obstacle().orElseThrow();
    assertEquals(Cause.LOCKED_MEMORY, low.cause());
    assertEquals(
        "packet memory of 40960 KiB is over the limit of locked memory, 8192 KiB, and the process"
            + " lacks CAP_IPC_LOCK",
        low.why());
  }

  @Test
  void aJdkThatTheLoaderWouldNotFindIsMadeKnownFirst() {
    Privileges user = process(NONE, Seccomp.OFF, NO_CONTAINER);
    assertEquals(
        "sudo sh -c 'echo /opt/jdk/lib > /etc/ld.so.conf.d/vexor-java.conf && ldconfig && setcap"
            + " cap_net_admin,cap_net_raw,cap_ipc_lock,cap_bpf+ep /opt/jdk/bin/java'",
        remedy(user, false).line());
    assertEquals(
        Optional.of(
            "setpriv --reuid=1000 --regid=100 --init-groups"
                + " --inh-caps=+net_admin,+net_raw,+ipc_lock,+bpf"
                + " --ambient-caps=+net_admin,+net_raw,+ipc_lock,+bpf"),
        remedy(user, false).prefix(100));
  }

  @Test
  void whatTheBoundingSetForbidsIsForTheContainerToGive() {
    ContainerSigns docker = new ContainerSigns(List.of("/.dockerenv is there"), Optional.of(false));
    Privileges bound =
        new Privileges(
            new ProcessStatus(NONE, NONE, NONE, 1L << 13, Seccomp.OFF, false),
            0,
            docker,
            new ResourceLimit(0, 0),
            Optional.empty());
    CapabilityRemedy remedy = remedy(bound, true);
    assertEquals(Optional.empty(), remedy.setcap());
    assertEquals(
        "start the container with them: --cap-add NET_ADMIN --cap-add NET_RAW --cap-add IPC_LOCK"
            + " --cap-add BPF",
        remedy.line());
  }

  @Test
  void commandsAreQuotedForTheWayToRoot() {
    assertEquals("ip link", AsRoot.DIRECTLY.line("ip link"));
    assertEquals("sudo ip link", AsRoot.SUDO.line("ip link"));
    assertEquals("sudo sh -c 'a && b'", AsRoot.SUDO.line("a && b"));
    assertEquals("su -c 'echo '\\''x'\\'''", AsRoot.SU.line("echo 'x'"));
    assertEquals(AsRoot.DIRECTLY, AsRoot.of(0, "/usr/bin"));
    assertEquals(AsRoot.SU, AsRoot.of(1, "/no/such:"));
  }

  @Test
  void theLauncherIsKnownByItsRealFile(@TempDir Path root) throws IOException {
    Path jdk = Files.createDirectories(root.resolve("jdk/bin"));
    Files.createFile(jdk.resolve("java"));
    Path link = Files.createSymbolicLink(root.resolve("java"), jdk.resolve("java"));
    HostFiles files = new HostFiles(root);
    JavaLauncher launcher = JavaLauncher.at(link, files).orElseThrow();
    assertEquals(jdk.resolve("java").toRealPath(), launcher.program());
    assertEquals(Optional.empty(), launcher.capabilities());
    assertEquals(false, launcher.findable());
    Files.createDirectories(root.resolve("etc"));
    Files.writeString(
        root.resolve("etc/ld.so.cache"), "x\0" + launcher.libraries() + "/libjli.so\0");
    Files.createDirectories(root.resolve("proc/self"));
    Files.writeString(
        root.resolve("proc/self/mounts"), "a / ext4 rw 0 0\nb " + root + " ext4 rw,nosuid 0 0\n");
    JavaLauncher known = JavaLauncher.at(link, files).orElseThrow();
    assertTrue(known.findable());
    assertTrue(known.nosuid());
    assertEquals(Optional.empty(), JavaLauncher.at(root.resolve("gone"), files));
  }

  @Test
  void theRunningProcessIsRefusedForCapabilitiesOnlyWhereItLacksThem() {
    Surroundings here = Surroundings.here();
    assertTrue(here.launcher().isPresent());
    boolean raw = here.privileges().missing(Privileges.Need.RAW_SOCKETS).isEmpty();
    boolean rest =
        here.privileges()
            .missing(Privileges.Need.BPF, Privileges.Need.NETWORK_ADMINISTRATION)
            .isEmpty();
    assertEquals(!raw, lacksCapability(here.xdp().socket()));
    assertEquals(!rest, lacksCapability(here.xdp().program()));
    assertEquals(false, lacksCapability(here.uring().receive()), "io_uring takes none");
  }

  private static boolean lacksCapability(Probe probe) {
    return probe.obstacle().map(found -> found.cause() == Cause.CAPABILITY).orElse(false);
  }
}
