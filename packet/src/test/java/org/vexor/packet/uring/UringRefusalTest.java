package org.vexor.packet.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.vexor.linux.Errno;
import org.vexor.linux.Syscall;
import org.vexor.packet.EngineOptions;
import org.vexor.packet.PortException;

/// Where io_uring is refused, as containers and careful hosts do, it is said why and what mends it,
/// and nothing is left open.
final class UringRefusalTest {
  private static final int PR_SET_NO_NEW_PRIVS = 38;
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_RET_ALLOW = 0x7fff_0000;
  private static final int SECCOMP_RET_ERRNO = 0x0005_0000;

  @ParameterizedTest
  @CsvSource({"1, io_uring_disabled=0", "38, CONFIG_IO_URING"})
  void aRefusalComesWithItsRemedy(int errno, String remedy) {
    PortException refused = openWithSetupRefused(errno).orElseThrow();
    assertTrue(refused.outcome().contains(Errno.name(errno)), refused::outcome);
    assertTrue(refused.remedy().contains(remedy), refused::remedy);
    int before = descriptors();
    assertTrue(openWithSetupRefused(errno).isPresent());
    assertEquals(before, descriptors());
  }

  private static int descriptors() {
    return Objects.requireNonNull(new File("/proc/self/fd").list()).length;
  }

  private static Optional<PortException> openWithSetupRefused(int errno) {
    CompletableFuture<Optional<PortException>> outcome = new CompletableFuture<>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                refuse(Syscall.IO_URING_SETUP, errno);
                new UringEngine(EngineOptions.DEFAULT).close();
                outcome.complete(Optional.empty());
              } catch (PortException e) {
                outcome.complete(Optional.of(e));
              } catch (RuntimeException e) {
                outcome.completeExceptionally(e);
              }
            });
    return outcome.join();
  }

  /// A filter of the calling thread alone, which ends with it: struct sock_filter is u16 code, u8
  /// and u8 jumps, u32 value; struct sock_fprog is u16 length, pointer.
  private static void refuse(Syscall call, int errno) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment code =
          arena.allocateFrom(
              JAVA_INT,
              0x20, // load the number of the call
              0,
              0x15 | 1 << 24, // if it is not that one, skip the next
              call.number(),
              0x06, // return
              SECCOMP_RET_ERRNO | errno,
              0x06,
              SECCOMP_RET_ALLOW);
      MemorySegment program = arena.allocate(16, 8);
      program.set(JAVA_INT, 0, 4);
      program.set(JAVA_LONG, 8, code.address());
      long _ = Syscall.PRCTL.check(Syscall.PRCTL.call(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "prctl");
      long _ =
          Syscall.SECCOMP.check(
              Syscall.SECCOMP.call(SECCOMP_SET_MODE_FILTER, 0, program.address()), "seccomp");
    }
  }
}
