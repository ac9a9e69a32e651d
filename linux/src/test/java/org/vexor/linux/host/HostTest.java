package org.vexor.linux.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostTest {
  @TempDir private Path root;

  private void write(String path, String text) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private HostFiles files() {
    return new HostFiles(root);
  }

  @Test
  void aSettingIsReadOrAbsentOrRefused() throws IOException {
    write("proc/sys/kernel/io_uring_disabled", "2\n");
    Files.createDirectories(root.resolve("proc/sys/net"));
    assertEquals(new Reading.Value("2"), files().sysctl("kernel.io_uring_disabled"));
    assertEquals(new Reading.Absent(), files().sysctl("kernel.no_such"));
    assertEquals(new Reading.Absent(), files().sysctl("kernel.io_uring_disabled.below"));
    assertTrue(files().sysctl("net") instanceof Reading.Refused, "a folder is no setting");
    assertEquals(Optional.of("2"), files().sysctl("kernel.io_uring_disabled").value());
    assertEquals(Optional.empty(), files().sysctl("kernel.no_such").value());
  }

  @Test
  void aNumberOfTheKernelIsReadWhole() {
    // These files answer the first read only, and java.nio.file.Files reads one byte first.
    String pids = HostFiles.here().sysctl("kernel.pid_max").value().orElseThrow();
    assertTrue(pids.length() >= 3, pids);
  }

  @Test
  void kernelVersionsAreCompared() {
    KernelVersion version = KernelVersion.parse("5.10.0-28-amd64").orElseThrow();
    assertTrue(version.isAtLeast(5, 9));
    assertTrue(version.isAtLeast(5, 10));
    assertFalse(version.isAtLeast(5, 11));
    assertFalse(version.isAtLeast(6, 0));
    assertEquals(Optional.empty(), KernelVersion.parse("unknown"));
    assertTrue(KernelVersion.read(HostFiles.here()).isPresent());
  }

  @Test
  void hugePagesAreCountedAndTheTransparentKindNamed() throws IOException {
    assertEquals(Optional.empty(), HugePages.read(files()));
    write("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "64\n");
    write("sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages", "3\n");
    assertEquals(Optional.of(new HugePages(64, 3, "")), HugePages.read(files()));
    write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never\n");
    assertEquals(Optional.of(new HugePages(64, 3, "madvise")), HugePages.read(files()));
  }

  @Test
  void topologyNamesPackagesCoresThreadsAndNodes() throws IOException {
    assertEquals(List.of(), CpuTopology.read(files()).cpus());
    write("sys/devices/system/cpu/online", "0-2,5\n");
    String[][] cpus = {{"0", "0", "0"}, {"1", "0", "0"}, {"2", "0", "1"}, {"5", "1", "0"}};
    for (String[] cpu : cpus) {
      String folder = "sys/devices/system/cpu/cpu" + cpu[0] + "/topology/";
      write(folder + "physical_package_id", cpu[1]);
      write(folder + "core_id", cpu[2]);
    }
    write("sys/devices/system/node/node0/cpulist", "0-4");
    write("sys/devices/system/node/node1/cpulist", "5-7");
    CpuTopology topology = CpuTopology.read(files());
    assertEquals(new CpuTopology.Cpu(5, 1, 0, 1), topology.cpus().getLast());
    assertEquals(4, topology.cpus().size());
    assertEquals(3, topology.cores());
    assertEquals(2, topology.sockets());
    assertEquals(2, topology.nodes());
    assertFalse(CpuTopology.read(HostFiles.here()).cpus().isEmpty());
  }

  @Test
  void setsOfProcessorsAreReadWhateverTheyLookLike() {
    BitSet expected = new BitSet();
    expected.set(0, 4);
    expected.set(8);
    assertEquals(expected, CpuTopology.list("0-3,8"));
    assertEquals(new BitSet(), CpuTopology.list(""));
    assertEquals(expected, CpuTopology.list("x,0-3,8,-"));
    assertEquals(1, CpuTopology.list("5-2").cardinality());
  }

  @Test
  void containersAreKnownByTheirTraces() throws IOException {
    write("proc/self/cgroup", "0::/user.slice\n");
    write("proc/self/mounts", "/dev/vda / ext4 rw 0 0\noverlay /mnt overlay rw 0 0\n");
    write("proc/self/uid_map", "         0          0 4294967295\n");
    ContainerSigns host = ContainerSigns.read(files());
    assertFalse(host.isContainer(), host::toString);
    assertEquals(Optional.of(false), host.ownUserNamespace());

    write(".dockerenv", "");
    write("proc/self/cgroup", "0::/system.slice/docker-0123abcd.scope\n");
    write("proc/self/mounts", "overlay / overlay rw,lowerdir=x 0 0\n");
    write("proc/self/uid_map", "         0     100000      65536\n");
    ContainerSigns docker = ContainerSigns.read(files());
    assertEquals(
        List.of("/.dockerenv is there", "the control group names docker", "/ is an overlay"),
        docker.signs());
    assertEquals(Optional.of(true), docker.ownUserNamespace());
  }
}
