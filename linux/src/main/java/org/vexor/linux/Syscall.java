package org.vexor.linux;

import java.util.Locale;

/// The system calls that Vexor makes, with their numbers on both supported machines (x86_64:
/// asm/unistd_64.h, aarch64: asm-generic/unistd.h).
///
/// Each is made as `Syscall.SENDTO.call(fd, ...)`: every argument a `long`, pointers as
/// [java.lang.foreign.MemorySegment#address()], and the answer is the kernel's own: a result, or
/// `-errno` (never -1 with errno elsewhere), so that a busy poll costs no exception. [#check] is
/// for calls that are not expected to fail. Whoever passes an address keeps its segment's arena
/// open for the length of the call.
///
/// Threading: any thread. Allocates nothing after a thread's first call.
public enum Syscall {
  READ(0, 63),
  WRITE(1, 64),
  CLOSE(3, 57),
  IOCTL(16, 29),
  MMAP(9, 222),
  MUNMAP(11, 215),
  MPROTECT(10, 226),
  MADVISE(28, 233),
  MLOCK(149, 228),
  SOCKET(41, 198),
  SOCKETPAIR(53, 199),
  BIND(49, 200),
  LISTEN(50, 201),
  CONNECT(42, 203),
  ACCEPT4(288, 242),
  GETSOCKNAME(51, 204),
  GETPEERNAME(52, 205),
  SETSOCKOPT(54, 208),
  GETSOCKOPT(55, 209),
  SHUTDOWN(48, 210),
  SENDTO(44, 206),
  RECVFROM(45, 207),
  SENDMSG(46, 211),
  RECVMSG(47, 212),
  SENDMMSG(307, 269),
  RECVMMSG(299, 243),
  EVENTFD2(290, 19),
  PPOLL(271, 73),
  EPOLL_CREATE1(291, 20),
  EPOLL_CTL(233, 21),
  EPOLL_PWAIT(281, 22),
  PRLIMIT64(302, 261),
  SCHED_SETAFFINITY(203, 122),
  SCHED_GETAFFINITY(204, 123),
  GETCPU(309, 168),
  GETTID(186, 178),
  GETPID(39, 172),
  GETEUID(107, 175),
  SETNS(308, 268),
  UNSHARE(272, 97),
  OPENAT(257, 56),
  FCNTL(72, 25),
  DUP3(292, 24),
  PRCTL(157, 167),
  CAPGET(125, 90),
  CAPSET(126, 91),
  SECCOMP(317, 277),
  BPF(321, 280),
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  MEMFD_CREATE(319, 279),
  UNAME(63, 160),
  GETXATTR(191, 8);

  private final int x86;
  private final int arm;
  private final int number;

  Syscall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
    this.number =
        switch (Arch.current()) {
          case X86_64 -> x86;
          case AARCH64 -> arm;
        };
  }

  /// The number of this call on the machine that runs us.
  public int number() {
    return number;
  }

  /// The number of this call on `arch`.
  public int number(Arch arch) {
    return switch (arch) {
      case X86_64 -> x86;
      case AARCH64 -> arm;
    };
  }

  /// The kernel's name of this call, as manual pages have it.
  public String kernelName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Makes the call without arguments; see the class for the answer.
  public long call() {
    return Native.syscall(number, 0, 0, 0, 0, 0, 0);
  }

  /// Makes the call with one argument; see the class for the answer.
  public long call(long a) {
    return Native.syscall(number, a, 0, 0, 0, 0, 0);
  }

  /// Makes the call with two arguments; see the class for the answer.
  public long call(long a, long b) {
    return Native.syscall(number, a, b, 0, 0, 0, 0);
  }

  /// Makes the call with three arguments; see the class for the answer.
  public long call(long a, long b, long c) {
    return Native.syscall(number, a, b, c, 0, 0, 0);
  }

  /// Makes the call with four arguments; see the class for the answer.
  public long call(long a, long b, long c, long d) {
    return Native.syscall(number, a, b, c, d, 0, 0);
  }

  /// Makes the call with five arguments; see the class for the answer.
  public long call(long a, long b, long c, long d, long e) {
    return Native.syscall(number, a, b, c, d, e, 0);
  }

  /// Makes the call with six arguments; see the class for the answer.
  public long call(long a, long b, long c, long d, long e, long f) {
    return Native.syscall(number, a, b, c, d, e, f);
  }

  /// Gives `result` back when it is one, else throws.
  ///
  /// @param result what one of the `call` methods gave
  /// @param what what was being done and with which values, for the message: "UDP socket on port
  ///   8001"
  /// @throws KernelException when `result` is `-errno`; it carries the general remedy of that errno
  public long check(long result, String what) {
    return check(result, what, "");
  }

  /// Gives `result` back when it is one, else throws.
  ///
  /// @param remedy what the operator can type or change; empty for the general remedy of the errno
  /// @throws KernelException when `result` is `-errno`
  public long check(long result, String what, String remedy) {
    if (isError(result)) {
      throw new KernelException(kernelName(), (int) -result, what, remedy);
    }
    return result;
  }

  /// Whether `result` is `-errno`; the kernel keeps -4095..-1 for errors (MAX_ERRNO), also where
  /// addresses are returned.
  public static boolean isError(long result) {
    return result < 0 && result >= -4095;
  }
}
