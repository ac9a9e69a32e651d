package org.vexor.linux.uring;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.vexor.linux.Errno;
import org.vexor.linux.FileDescriptor;
import org.vexor.linux.KernelException;
import org.vexor.linux.Syscall;

/// What io_uring_setup(2) gave: the descriptor and where things lie in the mapped ring.
///
/// The index of a ring is read at the offset that the kernel names, since kernels differ.
record UringSetup(
    FileDescriptor file,
    int flags,
    int sqEntries,
    int cqEntries,
    int sqHead,
    int sqTail,
    int sqFlags,
    int sqArray,
    int cqHead,
    int cqTail,
    int cqOverflow,
    int cqFlags,
    int cqes) {
  private static final int DEFERRED =
      UringLayout.SETUP_SUBMIT_ALL
          | UringLayout.SETUP_SINGLE_ISSUER
          | UringLayout.SETUP_DEFER_TASKRUN
          | UringLayout.SETUP_TASKRUN_FLAG
          | UringLayout.SETUP_R_DISABLED;

  /// Best first: 6.6, 6.1, 5.19, then what every kernel takes.
  private static final int[] LADDER = {
    DEFERRED | UringLayout.SETUP_NO_SQARRAY,
    DEFERRED,
    UringLayout.SETUP_SUBMIT_ALL
        | UringLayout.SETUP_COOP_TASKRUN
        | UringLayout.SETUP_TASKRUN_FLAG
        | UringLayout.SETUP_R_DISABLED,
    UringLayout.SETUP_R_DISABLED
  };

  private static final int FEATURES =
      UringLayout.FEAT_SINGLE_MMAP | UringLayout.FEAT_NODROP | UringLayout.FEAT_EXT_ARG;

  static UringSetup create(int submissions, int completions) {
    String what = "io_uring of " + submissions + " requests and " + completions + " results";
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment params = arena.allocate(UringLayout.PARAMS_BYTES, 8);
      long result = -Errno.EINVAL;
      for (int rung = 0; rung < LADDER.length && result == -Errno.EINVAL; rung++) {
        params.fill((byte) 0);
        params.set(JAVA_INT, UringLayout.PARAMS_FLAGS, LADDER[rung] | UringLayout.SETUP_CQSIZE);
        params.set(JAVA_INT, UringLayout.PARAMS_CQ_ENTRIES, completions);
        result = Syscall.IO_URING_SETUP.call(submissions, params.address());
      }
      long fd = Syscall.IO_URING_SETUP.check(result, what, remedy(result));
      FileDescriptor file = FileDescriptor.own(fd, "io_uring");
      int features = params.get(JAVA_INT, UringLayout.PARAMS_FEATURES);
      if ((features & FEATURES) != FEATURES) {
        file.close();
        throw new KernelException(
            "io_uring_setup",
            Errno.EOPNOTSUPP,
            what + " with features 0x" + Integer.toHexString(features),
            "run Linux 6.0 or newer");
      }
      return read(file, params);
    }
  }

  private static UringSetup read(FileDescriptor file, MemorySegment params) {
    int sq = UringLayout.PARAMS_SQ_OFF;
    int cq = UringLayout.PARAMS_CQ_OFF;
    return new UringSetup(
        file,
        params.get(JAVA_INT, UringLayout.PARAMS_FLAGS),
        params.get(JAVA_INT, UringLayout.PARAMS_SQ_ENTRIES),
        params.get(JAVA_INT, UringLayout.PARAMS_CQ_ENTRIES),
        params.get(JAVA_INT, sq + UringLayout.SQ_HEAD),
        params.get(JAVA_INT, sq + UringLayout.SQ_TAIL),
        params.get(JAVA_INT, sq + UringLayout.SQ_FLAGS),
        params.get(JAVA_INT, sq + UringLayout.SQ_ARRAY),
        params.get(JAVA_INT, cq + UringLayout.CQ_HEAD),
        params.get(JAVA_INT, cq + UringLayout.CQ_TAIL),
        params.get(JAVA_INT, cq + UringLayout.CQ_OVERFLOW),
        params.get(JAVA_INT, cq + UringLayout.CQ_FLAGS),
        params.get(JAVA_INT, cq + UringLayout.CQ_CQES));
  }

  /// What mends a refusal of io_uring_setup(2); it is switched off in many places.
  static String remedy(long result) {
    return switch ((int) -result) {
      case Errno.EPERM ->
          "sysctl -w kernel.io_uring_disabled=0, or allow io_uring_setup, io_uring_enter and"
              + " io_uring_register in the container's seccomp profile";
      case Errno.ENOSYS -> "run Linux 6.0 or newer with CONFIG_IO_URING";
      case Errno.ENOMEM -> "raise the limit of locked memory (ulimit -l)";
      default -> "";
    };
  }

  boolean disabled() {
    return (flags & UringLayout.SETUP_R_DISABLED) != 0;
  }

  boolean hasSqArray() {
    return (flags & UringLayout.SETUP_NO_SQARRAY) == 0;
  }

  /// Both rings lie in one mapping.
  long ringBytes() {
    long completions = cqes + (long) cqEntries * UringLayout.CQE_BYTES;
    long requests = hasSqArray() ? sqArray + 4L * sqEntries : 0;
    return Math.max(completions, requests);
  }

  String mode() {
    if ((flags & UringLayout.SETUP_DEFER_TASKRUN) != 0) {
      return "deferred task running";
    }
    return (flags & UringLayout.SETUP_COOP_TASKRUN) != 0 ? "cooperative task running" : "plain";
  }
}
