package org.vexor.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.testkit.net.RequiresRoot;
import org.vexor.testkit.net.VirtualHosts;

final class ProcessTest {
  @Test
  void capabilitiesAreReadFromTheStatusFile() {
    ProcessStatus status =
        ProcessStatus.parse(
            List.of(
                "Name:\tjava",
                "CapPrm:\t0000008000003000",
                "CapEff:\t0000000000002000",
                "CapAmb:\t0000000000000000",
                "CapBnd:\t0000008000000000",
                "NoNewPrivs:\t1",
                "Seccomp:\t2"));
    assertTrue(status.has(Capability.CAP_NET_RAW));
    assertFalse(status.has(Capability.CAP_NET_ADMIN));
    assertTrue(Capability.CAP_NET_ADMIN.in(status.permitted()));
    assertTrue(Capability.CAP_BPF.in(status.permitted()));
    assertEquals(0, status.ambient());
    assertTrue(Capability.CAP_BPF.in(status.bounding()));
    assertFalse(Capability.CAP_NET_RAW.in(status.bounding()));
    assertEquals(ProcessStatus.Seccomp.FILTER, status.seccomp());
    assertTrue(status.noNewPrivileges());
    assertEquals(ProcessStatus.Seccomp.UNKNOWN, ProcessStatus.parse(List.of()).seccomp());
    assertNotEquals(ProcessStatus.Seccomp.UNKNOWN, ProcessStatus.read().seccomp());
  }

  @Test
  void capabilitiesOfAFileAreThoseThatSetcapWrote() throws Exception {
    // cap_net_raw,cap_net_admin,cap_bpf+ep in the second form of struct vfs_cap_data.
    byte[] value = HexFormat.of().parseHex("0100000200300000000000008000000000000000");
    FileCapabilities parsed = FileCapabilities.parse(value).orElseThrow();
    assertTrue(parsed.effective());
    assertTrue(Capability.CAP_NET_RAW.in(parsed.permitted()));
    assertTrue(Capability.CAP_BPF.in(parsed.permitted()));
    assertFalse(Capability.CAP_IPC_LOCK.in(parsed.permitted()));
    assertEquals(0, parsed.inheritable());
    assertEquals(Optional.empty(), FileCapabilities.parse(new byte[8]));

    Path file = Files.createTempFile("capabilities", "");
    try {
      assertEquals(Optional.empty(), FileCapabilities.of(file));
    } finally {
      Files.delete(file);
    }
    KernelException e = assertThrows(KernelException.class, () -> FileCapabilities.of(file));
    assertEquals(Errno.ENOENT, e.errno());
  }

  @Test
  @RequiresRoot
  void capabilitiesOfAFileAreReadBackAsTheyWereSet() throws Exception {
    Path file = Files.createTempFile("capabilities", "");
    try {
      Process setcap =
          new ProcessBuilder("setcap", "cap_net_raw,cap_bpf+p", file.toString())
              .inheritIO()
              .start();
      assumeTrue(setcap.waitFor() == 0, "setcap does not work on " + file);
      FileCapabilities read = FileCapabilities.of(file).orElseThrow();
      assertEquals(new FileCapabilities(1L << 13 | 1L << 39, 0, false), read);
    } finally {
      Files.delete(file);
    }
  }

  @Test
  void limitIsReadAndSet() {
    ResourceLimit before = ResourceLimit.get(ResourceLimit.Resource.RLIMIT_MEMLOCK);
    new ResourceLimit(1 << 16, before.hard()).set(ResourceLimit.Resource.RLIMIT_MEMLOCK);
    try {
      assertEquals(1 << 16, ResourceLimit.get(ResourceLimit.Resource.RLIMIT_MEMLOCK).soft());
    } finally {
      before.set(ResourceLimit.Resource.RLIMIT_MEMLOCK);
    }
  }

  @Test
  void threadIsBoundToAProcessor() throws InterruptedException {
    BitSet one = new BitSet();
    one.set(Affinity.get().nextSetBit(0));
    BitSet[] seen = new BitSet[1];
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  Affinity.set(one);
                  seen[0] = Affinity.get();
                });
    thread.join();
    assertEquals(one, seen[0]);
    KernelException e = assertThrows(KernelException.class, () -> Affinity.set(new BitSet()));
    assertEquals(Errno.EINVAL, e.errno());
  }

  @Test
  void eventWakesThePoll() {
    try (EventFd event = new EventFd();
        PollSet poll = new PollSet(1)) {
      int index = poll.add(event.file(), PollSet.POLLIN);
      assertEquals(0, poll.await(0));
      assertEquals(0, poll.await(1_000_000));
      event.signal();
      event.signal();
      assertEquals(1, poll.await(-1));
      assertEquals(PollSet.POLLIN, poll.ready(index));
      assertTrue(event.drain());
      assertFalse(event.drain());
      assertEquals(0, poll.await(0));
      assertThrows(IllegalStateException.class, () -> poll.add(event.file(), PollSet.POLLIN));
    }
  }

  @Test
  @RequiresRoot
  void visitOfANamespaceEndsAtHome() throws Exception {
    Path own = Path.of("/proc/thread-self/ns/net");
    String home = Files.readSymbolicLink(own).toString();
    try (VirtualHosts hosts = VirtualHosts.create("linux-xdp")) {
      try (var _ = NetworkNamespace.enter(hosts.left().path())) {
        assertNotEquals(home, Files.readSymbolicLink(own).toString());
      }
      assertEquals(home, Files.readSymbolicLink(own).toString());
    }
    KernelException e =
        assertThrows(
            KernelException.class, () -> NetworkNamespace.enter(Path.of("/run/netns/no-such")));
    assertEquals(Errno.ENOENT, e.errno());
  }
}
