package org.vexor.linux;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SyscallTest {
  /// Name, number on x86_64 (asm/unistd_64.h), number on aarch64 (asm-generic/unistd.h).
  private static final String NUMBERS =
      """
      read                  0   63
      write                 1   64
      close                 3   57
      ioctl                16   29
      mmap                  9  222
      munmap               11  215
      mprotect             10  226
      madvise              28  233
      mlock               149  228
      socket               41  198
      socketpair           53  199
      bind                 49  200
      listen               50  201
      connect              42  203
      accept4             288  242
      getsockname          51  204
      getpeername          52  205
      setsockopt           54  208
      getsockopt           55  209
      shutdown             48  210
      sendto               44  206
      recvfrom             45  207
      sendmsg              46  211
      recvmsg              47  212
      sendmmsg            307  269
      recvmmsg            299  243
      eventfd2            290   19
      ppoll               271   73
      epoll_create1       291   20
      epoll_ctl           233   21
      epoll_pwait         281   22
      prlimit64           302  261
      sched_setaffinity   203  122
      sched_getaffinity   204  123
      getcpu              309  168
      gettid              186  178
      getpid               39  172
      geteuid             107  175
      setns               308  268
      unshare             272   97
      openat              257   56
      fcntl                72   25
      dup3                292   24
      prctl               157  167
      capget              125   90
      capset              126   91
      seccomp             317  277
      bpf                 321  280
      io_uring_setup      425  425
      io_uring_enter      426  426
      io_uring_register   427  427
      memfd_create        319  279
      uname                63  160
      getxattr            191    8
      """;

  @Test
  void numbersAreThoseOfBothMachines() {
    Set<Syscall> seen = EnumSet.noneOf(Syscall.class);
    for (String row : NUMBERS.lines().toList()) {
      String[] fields = row.split(" +", -1);
      Syscall call = Syscall.valueOf(fields[0].toUpperCase(Locale.ROOT));
      assertEquals(Integer.parseInt(fields[1]), call.number(Arch.X86_64), row);
      assertEquals(Integer.parseInt(fields[2]), call.number(Arch.AARCH64), row);
      assertTrue(seen.add(call), row);
    }
    assertEquals(EnumSet.noneOf(Syscall.class), EnumSet.complementOf(EnumSet.copyOf(seen)));
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
