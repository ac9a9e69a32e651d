package org.vexor.packet.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.vexor.linux.host.ContainerSigns;
import org.vexor.linux.host.HostFiles;
import org.vexor.linux.host.KernelVersion;
import org.vexor.linux.process.FileCapabilities;
import org.vexor.linux.process.ProcessStatus;
import org.vexor.linux.process.ProcessStatus.Seccomp;
import org.vexor.linux.process.ResourceLimit;
import org.vexor.packet.probe.AsRoot;
import org.vexor.packet.probe.JavaLauncher;
import org.vexor.packet.probe.Privileges;
import org.vexor.packet.probe.Surroundings;

/// Findings of hosts and processes that are made up.
final class HostFindingsTest {
  private static final long ALL = -1;
  private static final long NET_RAW_ADMIN_BPF = 1L << 12 | 1L << 13 | 1L << 39;
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Surroundings surroundings(ProcessStatus status, JavaLauncher java) {
    return new Surroundings(
        new HostFiles(root),
        new Privileges(
            status,
            1000,
            new ContainerSigns(List.of(), Optional.of(false)),
            new ResourceLimit(8 * MEBIBYTE, 8 * MEBIBYTE),
            KernelVersion.parse("5.15.0")),
        Optional.of(java),
        AsRoot.SUDO);
  }

  private static ProcessStatus status(long effective) {
    return new ProcessStatus(effective, effective, 0, ALL, Seccomp.OFF, false);
  }

  private static JavaLauncher java(Optional<FileCapabilities> gives, boolean findable) {
    return new JavaLauncher(Path.of("/opt/jdk/bin/java"), gives, false, findable);
  }

  private static Finding find(List<Finding> findings, String topic) {
    return findings.stream().filter(one -> one.topic().equals(topic)).findFirst().orElseThrow();
  }

  private Finding kernel(String topic) {
    return find(
        new KernelFindings(surroundings(status(1L << 13), java(Optional.empty(), true))).all(),
        topic);
  }

  private Finding memory(long effective) {
    Surroundings here = surroundings(status(effective), java(Optional.empty(), true));
    return find(
        new MemoryFindings(here, 64 * MEBIBYTE, new PrivilegeFindings(here).remedies()).all(),
        "memlock");
  }

  private Finding privilege(ProcessStatus status, JavaLauncher java, String topic) {
    return find(new PrivilegeFindings(surroundings(status, java)).all(), topic);
  }

  @Test
  void settingsThatCloseOrSlowAreSetBackToWhatTheyWere() throws IOException {
    write("proc/sys/kernel/io_uring_disabled", "2\n");
    write("proc/sys/net/core/bpf_jit_enable", "0\n");
    write("proc/sys/net/core/rmem_max", "212992\n");
    Finding uring = kernel("io_uring_disabled");
    assertEquals(State.PROBLEM, uring.state());
    assertEquals("kernel.io_uring_disabled=2", uring.fact());
    assertEquals("sysctl -w kernel.io_uring_disabled=0", uring.remedies().getFirst().text());
    assertEquals(
        Optional.of("sysctl -w kernel.io_uring_disabled=2"), uring.remedies().getFirst().undo());
    assertEquals(State.WARN, kernel("bpf_jit_enable").state());
    assertEquals(State.WARN, kernel("rmem_max").state());
    assertEquals(
        "sysctl -w net.core.rmem_max=8388608", kernel("rmem_max").remedies().getFirst().text());
    write("proc/sys/kernel/io_uring_disabled", "1\n");
    assertTrue(kernel("io_uring_disabled").meaning().contains("CAP_SYS_ADMIN"));
  }

  @Test
  void settingsThatAreNotShownAreUnknownAndOldKernelsHaveNone() {
    assertEquals(State.UNKNOWN, kernel("bpf_jit_enable").state());
    assertEquals(State.OK, kernel("io_uring_disabled").state());
    assertEquals(State.OK, kernel("unprivileged_bpf_disabled").state());
    assertEquals("Linux 5.15.0", kernel("kernel").fact());
    assertEquals(State.WARN, kernel("kernel").state());
  }

  @Test
  void theLimitOfLockedMemoryBearsOnlyWithoutTheCapability() {
    assertEquals(State.OK, memory(ALL).state());
    Finding low = memory(NET_RAW_ADMIN_BPF);
    assertEquals(State.PROBLEM, low.state());
    assertEquals("limit of locked memory: 8 MiB", low.fact());
    assertTrue(low.remedies().getFirst().text().startsWith("setcap "), low::toString);
    assertEquals(
        "mend the finding 'capabilities': CAP_IPC_LOCK comes with it",
        memory(0).remedies().getFirst().text(),
        "one command is not given twice");
  }

  @Test
  void hugePagesAreAskedForBesideThoseInUse() throws IOException {
    write("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "10\n");
    write("sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "4\n");
    Surroundings here = surroundings(status(ALL), java(Optional.empty(), true));
    Finding found = find(new MemoryFindings(here, 64 * MEBIBYTE, List.of()).all(), "huge_pages");
    assertEquals(State.WARN, found.state());
    assertEquals("sysctl -w vm.nr_hugepages=38", found.remedies().getFirst().text());
  }

  @Test
  void capabilitiesAreNamedWithThreeWaysToHaveThem() {
    Finding found = privilege(status(1L << 13), java(Optional.empty(), false), "capabilities");
    assertEquals(State.PROBLEM, found.state());
    assertEquals("AF_XDP cannot be used: missing CAP_NET_ADMIN, CAP_BPF", found.meaning());
    assertEquals(
        List.of(Remedy.Kind.COMMAND, Remedy.Kind.PREFIX, Remedy.Kind.ADVICE),
        found.remedies().stream().map(Remedy::kind).toList());
    assertTrue(found.remedies().getFirst().undo().isPresent());
  }

  @Test
  void aJavaWithCapabilitiesThatOthersCannotStartIsAProblem() {
    FileCapabilities all = new FileCapabilities(ALL, 0, true);
    Finding lost = privilege(status(ALL), java(Optional.of(all), false), "java_launcher");
    assertEquals(State.PROBLEM, lost.state());
    assertTrue(lost.meaning().contains("libjli.so"), lost.meaning());
    assertTrue(lost.remedies().getFirst().text().contains("/opt/jdk/lib"), lost::toString);
    assertEquals(
        State.OK, privilege(status(ALL), java(Optional.of(all), true), "java_launcher").state());
    Finding vain = privilege(status(0), java(Optional.of(all), true), "java_launcher");
    assertEquals(State.PROBLEM, vain.state());
    assertTrue(vain.meaning().contains("has not got them"), vain.meaning());
  }

  @Test
  void capabilitiesOfTheFileDoNotHelpUnderNoNewPrivileges() {
    ProcessStatus bound = new ProcessStatus(0, 0, 0, ALL, Seccomp.OFF, true);
    Finding found = privilege(bound, java(Optional.empty(), true), "capabilities");
    assertEquals(Remedy.Kind.PREFIX, found.remedies().getFirst().kind());
    assertEquals(
        State.PROBLEM, privilege(bound, java(Optional.empty(), true), "no_new_privileges").state());
  }
}
