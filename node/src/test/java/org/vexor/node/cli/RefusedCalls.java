package org.vexor.node.cli;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import org.vexor.linux.Syscall;
import org.vexor.node.Main;

/// The program behind a seccomp filter that refuses system calls, as containers have it:
/// `RefusedCalls CALL=ERRNO|kill[,...] ARGUMENTS...`. A process of its own, since a filter stays.
final class RefusedCalls {
  private static final int SECCOMP_SET_MODE_FILTER = 1;
  private static final int SECCOMP_FILTER_FLAG_TSYNC = 1;
  private static final int SECCOMP_RET_ALLOW = 0x7fff_0000;
  private static final int SECCOMP_RET_KILL_PROCESS = 0x8000_0000;
  private static final int SECCOMP_RET_ERRNO = 0x0005_0000;

  // struct sock_filter: code 0:2, jt 2:1, jf 3:1, k 4:4.
  private static final int BYTES = 8;
  private static final int LOAD_WORD = 0x20;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int RETURN = 0x06;

  private RefusedCalls() {}

  public static void main(String[] arguments) {
    install(arguments[0].split(",", -1));
    Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
  }

  private static void install(String[] refusals) {
    try (Arena arena = Arena.ofConfined()) {
      int length = 2 + 2 * refusals.length;
      MemorySegment filter = arena.allocate((long) length * BYTES, 4);
      put(filter, 0, LOAD_WORD, 0, 0); // the call's number is first in struct seccomp_data
      for (int i = 0; i < refusals.length; i++) {
        String[] refusal = refusals[i].split("=", -1);
        put(filter, 1 + 2 * i, JUMP_IF_EQUAL, 1, Syscall.valueOf(refusal[0]).number());
        int answer =
            refusal[1].equals("kill")
                ? SECCOMP_RET_KILL_PROCESS
                : SECCOMP_RET_ERRNO | Integer.parseInt(refusal[1]);
        put(filter, 2 + 2 * i, RETURN, 0, answer);
      }
      put(filter, length - 1, RETURN, 0, SECCOMP_RET_ALLOW);
      MemorySegment program = arena.allocate(16, 8);
      program.set(JAVA_SHORT, 0, (short) length);
      program.set(JAVA_LONG, 8, filter.address());
      Syscall.SECCOMP.check(
          Syscall.SECCOMP.call(
              SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, program.address()),
          "seccomp filter");
    }
  }

  /// @param elseSkip instructions to skip when a comparison fails
  private static void put(MemorySegment filter, int index, int code, int elseSkip, int value) {
    long at = (long) index * BYTES;
    filter.set(JAVA_SHORT, at, (short) code);
    filter.set(JAVA_BYTE, at + 3, (byte) elseSkip);
    filter.set(JAVA_INT, at + 4, value);
  }
}
