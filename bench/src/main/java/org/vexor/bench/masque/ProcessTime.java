package org.vexor.bench.masque;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The CPU time of another process, all its threads, as the kernel accounts for it
/// (proc_pid_stat(5)).
final class ProcessTime {
  /// USER_HZ of every Linux that a JVM runs on.
  private static final long TICK_NS = 10_000_000;

  /// Behind the command's closing parenthesis: utime is the 12th field, stime the 13th.
  private static final int USER = 11;

  private ProcessTime() {}

  /// @param pid 0 for nobody, who takes no time
  static long cpuNs(long pid) throws IOException {
    if (pid == 0) {
      return 0;
    }
    String line = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[USER]) + Long.parseLong(fields[USER + 1])) * TICK_NS;
  }
}
