package org.vexor.linux.xdp.program;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.vexor.linux.Errno;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;
import org.vexor.testkit.net.RequiresRoot;

/// Which capabilities the program takes. Without CAP_PERFMON and CAP_SYS_ADMIN the verifier is
/// stricter than for root.
@RequiresRoot
final class XdpFilterPrivilegeTest {
  private static final int CAP_NET_ADMIN = 12;
  private static final int CAP_BPF = 39;
  private static final int VERSION_3 = 0x20080522;

  @Test
  void programLoadsWithTwoCapabilities() {
    assertEquals(Optional.empty(), loadWith(List.of(CAP_NET_ADMIN, CAP_BPF)));
  }

  @Test
  void programIsRefusedWithoutEither() {
    for (int missing : new int[] {CAP_NET_ADMIN, CAP_BPF}) {
      int other = CAP_NET_ADMIN + CAP_BPF - missing;
      KernelException refused = loadWith(List.of(other)).orElseThrow();
      assertEquals(Errno.EPERM, refused.errno());
      assertTrue(refused.remedy().contains("CAP_BPF"), refused::toString);
    }
  }

  /// Loads it on a thread that has only these capabilities in force; they are a thread's own.
  private static Optional<KernelException> loadWith(List<Integer> capabilities) {
    CompletableFuture<Optional<KernelException>> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                keepInForce(capabilities);
                XdpFilter.load(1, 2000, false).close();
                outcome.complete(Optional.empty());
              } catch (KernelException e) {
                outcome.complete(Optional.of(e));
              }
            });
    return outcome.join();
  }

  /// struct __user_cap_header_struct: version, pid; struct __user_cap_data_struct, twice for 64
  /// bits: effective, permitted, inheritable.
  private static void keepInForce(List<Integer> capabilities) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment header = arena.allocateFrom(JAVA_INT, VERSION_3, 0);
      MemorySegment data = arena.allocate(JAVA_INT, 6);
      Syscall.CAPGET.check(Syscall.CAPGET.call(header.address(), data.address()), "capabilities");
      long mask = capabilities.stream().mapToLong(bit -> 1L << bit).sum();
      data.setAtIndex(JAVA_INT, 0, (int) mask);
      data.setAtIndex(JAVA_INT, 3, (int) (mask >>> 32));
      Syscall.CAPSET.check(Syscall.CAPSET.call(header.address(), data.address()), "capabilities");
    }
  }
}
