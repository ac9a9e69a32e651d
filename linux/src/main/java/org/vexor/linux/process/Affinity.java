package org.vexor.linux.process;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.BitSet;
import org.vexor.linux.Syscall;

/// On which processors the calling platform thread may run (sched_setaffinity(2)).
public final class Affinity {
  /// The kernel's largest NR_CPUS; masks that are longer than the machine's are accepted.
  private static final int MASK_BYTES = 1024;

  private Affinity() {}

  /// Binds the calling thread to these processors.
  ///
  /// @param processors numbers as in /proc/cpuinfo
  /// @throws org.vexor.linux.KernelException EINVAL when none of them may be used
  public static void set(BitSet processors) {
    if (processors.length() > MASK_BYTES * 8) {
      throw new IllegalArgumentException("no such processor: " + (processors.length() - 1));
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      long[] words = processors.toLongArray();
      MemorySegment.copy(words, 0, mask, JAVA_LONG, 0, words.length);
      Syscall.SCHED_SETAFFINITY.check(
          Syscall.SCHED_SETAFFINITY.call(0, MASK_BYTES, mask.address()),
          "binding thread " + Thread.currentThread().getName() + " to processors " + processors,
          "name processors that are online and in this cgroup (cpuset)");
    }
  }

  /// The processors that the calling thread may run on.
  public static BitSet get() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(MASK_BYTES, Long.BYTES);
      Syscall.SCHED_GETAFFINITY.check(
          Syscall.SCHED_GETAFFINITY.call(0, MASK_BYTES, mask.address()), "reading the affinity");
      return BitSet.valueOf(mask.toArray(JAVA_LONG));
    }
  }
}
