package org.vexor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

final class SyscallTest {
  @Test
  void numbersAreThoseOfBothMachines() {
    assertEquals(321, Syscall.BPF.number(Arch.X86_64));
    assertEquals(280, Syscall.BPF.number(Arch.AARCH64));
    assertEquals(299, Syscall.RECVMMSG.number(Arch.X86_64));
    assertEquals(243, Syscall.RECVMMSG.number(Arch.AARCH64));
    assertEquals(307, Syscall.SENDMMSG.number(Arch.X86_64));
    assertEquals(269, Syscall.SENDMMSG.number(Arch.AARCH64));
    for (Arch arch : Arch.values()) {
      assertEquals(425, Syscall.IO_URING_SETUP.number(arch));
      assertEquals(426, Syscall.IO_URING_ENTER.number(arch));
      assertEquals(427, Syscall.IO_URING_REGISTER.number(arch));
    }
    assertEquals(Arch.X86_64, Arch.of("amd64"));
    assertEquals(Arch.AARCH64, Arch.of("aarch64"));
    assertThrows(UnsupportedOperationException.class, () -> Arch.of("riscv64"));
  }

  @Test
  void answersOfTheKernelComeBack() {
    assertEquals(ProcessHandle.current().pid(), Syscall.GETPID.call());
  }

  @Test
  void failureIsMinusErrno() {
    assertEquals(-Errno.EBADF, Syscall.CLOSE.call(-1));
  }

  @Test
  void checkedFailureNamesCallErrnoAndRemedy() {
    KernelException e =
        assertThrows(
            KernelException.class,
            () -> Syscall.BIND.check(-Errno.EADDRINUSE, "UDP socket on port 1"));
    assertEquals("bind", e.call());
    assertEquals(Errno.EADDRINUSE, e.errno());
    assertEquals(
        "UDP socket on port 1: bind() failed: EADDRINUSE; to mend: choose another port, or stop the"
            + " program that has this one",
        e.getMessage());
    assertEquals("errno 4000", Errno.name(4000));
    assertEquals("ENOBUFS", Errno.name(105));
  }

  @Test
  void descriptorClosesOnce() {
    FileDescriptor event =
        FileDescriptor.own(
            Syscall.EVENTFD2.check(Syscall.EVENTFD2.call(0, 0), "eventfd"), "eventfd");
    int number = event.number();
    event.close();
    event.close();
    assertFalse(event.isOpen());
    assertThrows(IllegalStateException.class, event::number);
    assertEquals(-Errno.EBADF, Syscall.CLOSE.call(number));
  }

  @Test
  void mappingEndsWithItsArena() {
    MemorySegment memory;
    try (Arena arena = Arena.ofConfined()) {
      memory = MappedMemory.mapAnonymous(arena, 1 << 16);
      memory.set(ValueLayout.JAVA_LONG, 4096, 42);
      assertEquals(42, memory.get(ValueLayout.JAVA_LONG, 4096));
      assertEquals(0, memory.address() % 4096);
    }
    MemorySegment gone = memory;
    assertThrows(IllegalStateException.class, () -> gone.get(ValueLayout.JAVA_LONG, 0));
    // mincore would tell; munmap of a hole succeeds, madvise of one does not.
    assertTrue(Syscall.isError(Syscall.MADVISE.call(gone.address(), 4096, 0)));
  }
}
