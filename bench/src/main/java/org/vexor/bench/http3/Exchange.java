package org.vexor.bench.http3;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/// One exchange as one end saw it, from the making of this on.
final class Exchange {
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final long beganNs = System.nanoTime();
  private final long cpuNs = SYSTEM.getProcessCpuTime();

  /// Prints it: bytes, seconds, CPU time of the process, whether the bytes are those that were
  /// sent.
  void print(String end, String job, String transport, long bytes, boolean equal) {
    long tookNs = System.nanoTime() - beganNs;
    System.out.printf(
        Locale.ROOT,
        "{\"end\":\"%s\",\"job\":\"%s\",\"transport\":\"%s\",\"bytes\":%d,\"seconds\":%.3f,"
            + "\"megabytes_per_second\":%.1f,\"cpu_seconds\":%.3f,\"equal\":%b}%n",
        end,
        job,
        transport,
        bytes,
        tookNs / 1e9,
        bytes * 1e3 / tookNs,
        (SYSTEM.getProcessCpuTime() - cpuNs) / 1e9,
        equal);
  }
}
