package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Syscall;

/// A resource limit of this process (prlimit(2)), in the resource's own unit.
///
/// @param soft the limit in force; -1 for none (RLIM_INFINITY)
/// @param hard up to where the process may raise it itself; -1 for none
public record ResourceLimit(long soft, long hard) {
  public static final long INFINITY = -1;

  /// The resources that packet I/O runs into (asm-generic/resource.h).
  public enum Resource {
    /// Bytes of a core file.
    RLIMIT_CORE(4),
    RLIMIT_NOFILE(7),
    /// Bytes of locked memory: AF_XDP and io_uring buffers count unless CAP_IPC_LOCK.
    RLIMIT_MEMLOCK(8);

    private final int number;

    Resource(int number) {
      this.number = number;
    }
  }

  /// The present limit.
  public static ResourceLimit get(Resource resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment now = arena.allocate(JAVA_LONG, 2);
      Syscall.PRLIMIT64.check(
          Syscall.PRLIMIT64.call(0, resource.number, 0, now.address()), "reading " + resource);
      return new ResourceLimit(now.getAtIndex(JAVA_LONG, 0), now.getAtIndex(JAVA_LONG, 1));
    }
  }

  /// Makes this the limit of the process.
  ///
  /// @throws org.vexor.linux.KernelException EPERM above the hard limit without CAP_SYS_RESOURCE
  public void set(Resource resource) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment wanted = arena.allocateFrom(JAVA_LONG, soft, hard);
      Syscall.PRLIMIT64.check(
          Syscall.PRLIMIT64.call(0, resource.number, wanted.address(), 0),
          "setting " + resource + " to " + this,
          "raise it where the process is started: ulimit, or LimitMEMLOCK= / LimitNOFILE= of"
              + " systemd");
    }
  }
}
