package org.vexor.packet.probe;

import java.util.Arrays;
import java.util.List;
import org.vexor.linux.Syscall;
import org.vexor.linux.process.ResourceLimit;

/// The child process of [DeadlyCalls]: says the name of each call before it makes it.
final class CallTrial {
  /// The last line of one that lived.
  static final String ALIVE = "alive";

  /// What is called in vain: no such command, no such descriptor.
  static final List<Syscall> CALLS =
      List.of(
          Syscall.BPF,
          Syscall.IO_URING_SETUP,
          Syscall.IO_URING_ENTER,
          Syscall.IO_URING_REGISTER,
          Syscall.RECVMMSG,
          Syscall.SENDMMSG);

  private CallTrial() {}

  /// Makes the calls that are named, in that order.
  ///
  /// @param names of [Syscall]
  public static void main(String[] names) {
    // SIGSYS writes a core file otherwise.
    new ResourceLimit(0, 0).set(ResourceLimit.Resource.RLIMIT_CORE);
    for (Syscall call : Arrays.stream(names).map(Syscall::valueOf).toList()) {
      say(call.name());
      long _ = call.call(-1, 0, 0, 0, 0);
    }
    say(ALIVE);
  }

  private static void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
