package org.vexor.linux.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
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
                "NoNewPrivs:\t1",
                "Seccomp:\t2"));
    assertTrue(status.has(Capability.CAP_NET_RAW));
    assertFalse(status.has(Capability.CAP_NET_ADMIN));
    assertTrue(Capability.CAP_NET_ADMIN.in(status.permitted()));
    assertTrue(Capability.CAP_BPF.in(status.permitted()));
    assertEquals(0, status.ambient());
    assertEquals(ProcessStatus.Seccomp.FILTER, status.seccomp());
    assertTrue(status.noNewPrivileges());
    assertEquals(ProcessStatus.Seccomp.UNKNOWN, ProcessStatus.parse(List.of()).seccomp());
    assertNotEquals(ProcessStatus.Seccomp.UNKNOWN, ProcessStatus.read().seccomp());
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
