package org.vexor.bench.packet;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/// Prints what a job moves: a line when it is ready, one a second, and a total. The job's thread.
///
/// `cpu_ns_per_packet` is of the whole process, compiler and collector included; `user_s`, `sys_s`
/// and `thread_ns_per_packet` are of the job's thread; all from `ready` on.
final class PeerMeter {
  /// The clock is read every 16th turn: it costs as much as a turn that finds nothing.
  private static final int CLOCK_TURNS = 15;

  /// USER_HZ, the same on both machines.
  private static final double TICKS_PER_SECOND = 100;

  private static final long SECOND_NS = 1_000_000_000L;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private final String job;
  private final PrintStream out;
  private final Supplier<String> extra;
  private int turns;
  private long startNs;
  private long endNs;
  private long nextNs;
  private long firstNs;
  private long lastNs;
  private long readyMillis;
  private long packets;
  private long bytes;
  private long linePackets;
  private long lineBytes;
  private long lineCpuNs;
  private long startCpuNs;
  private long startThreadNs;
  private long startUserNs;
  private long startAllocated;

  /// @param extra further fields of each line, each with a comma before it
  PeerMeter(String job, PrintStream out, Supplier<String> extra) {
    this.job = job;
    this.out = out;
    this.extra = extra;
  }

  /// Begins to count.
  ///
  /// @param seconds when to end; 0 for never
  void start(double seconds) {
    readyMillis = sinceStart();
    out.println(
        "{\"ready\":\"%s\",\"pid\":%d,\"ready_ms\":%d}"
            .formatted(job, ProcessHandle.current().pid(), readyMillis));
    startCpuNs = system.getProcessCpuTime();
    lineCpuNs = startCpuNs;
    startThreadNs = threads.getCurrentThreadCpuTime();
    startUserNs = threads.getCurrentThreadUserTime();
    startAllocated = threads.getCurrentThreadAllocatedBytes();
    startNs = System.nanoTime();
    nextNs = startNs + SECOND_NS;
    endNs = seconds > 0 ? startNs + (long) (seconds * SECOND_NS) : Long.MAX_VALUE;
  }

  /// Milliseconds since the process began, in steps of 10. By the clock that the kernel notes the
  /// beginning in: what `ProcessHandle` makes of it is up to a second off.
  private static long sinceStart() {
    try {
      String uptime = Files.readString(Path.of("/proc/uptime"));
      String stat = Files.readString(Path.of("/proc/self/stat"));
      // Behind the name, which may hold spaces: state is field 3, the beginning field 22.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      double seconds = Double.parseDouble(uptime.substring(0, uptime.indexOf(' ')));
      return Math.round(1000 * (seconds - Long.parseLong(fields[19]) / TICKS_PER_SECOND));
    } catch (IOException e) {
      throw new UncheckedIOException("when this process began", e);
    }
  }

  /// Says how much was moved since the start, after a turn that moved something.
  void moved(long nowPackets, long nowBytes) {
    lastNs = System.nanoTime();
    if (firstNs == 0) {
      firstNs = lastNs;
    }
    packets = nowPackets;
    bytes = nowBytes;
  }

  /// To be called each turn: prints a line when it is due.
  ///
  /// @return false when it is time to end
  boolean goesOn() {
    if ((++turns & CLOCK_TURNS) != 0) {
      return true;
    }
    long nowNs = System.nanoTime();
    if (nowNs - nextNs >= 0) {
      line(nowNs);
    }
    return nowNs < endNs;
  }

  private void line(long nowNs) {
    long before = threads.getCurrentThreadAllocatedBytes();
    print(nowNs);
    // A line allocates some kilobytes, which are the meter's.
    startAllocated += threads.getCurrentThreadAllocatedBytes() - before;
  }

  private void print(long nowNs) {
    long cpuNs = system.getProcessCpuTime();
    double took = (nowNs - nextNs) / 1e9 + 1;
    out.println(
        String.format(
            Locale.ROOT,
            "{\"t\":%.3f,\"pps\":%.0f,\"mbps\":%.1f,\"cpu\":%.3f%s}",
            (nowNs - startNs) / 1e9,
            (packets - linePackets) / took,
            (bytes - lineBytes) * 8 / took / 1e6,
            (cpuNs - lineCpuNs) / took / 1e9,
            extra.get()));
    linePackets = packets;
    lineBytes = bytes;
    lineCpuNs = cpuNs;
    nextNs = nowNs + SECOND_NS;
  }

  void total() {
    double active = (lastNs - firstNs) / 1e9;
    long cpuNs = system.getProcessCpuTime() - startCpuNs;
    long threadNs = threads.getCurrentThreadCpuTime() - startThreadNs;
    long userNs = threads.getCurrentThreadUserTime() - startUserNs;
    long allocated = threads.getCurrentThreadAllocatedBytes() - startAllocated;
    double each = Math.max(1, packets);
    out.println(
        String.format(
            Locale.ROOT,
            "{\"total\":\"%s\",\"packets\":%d,\"bytes\":%d,\"active_s\":%.3f,\"pps\":%.0f,"
                + "\"user_s\":%.3f,\"sys_s\":%.3f,\"cpu_ns_per_packet\":%.1f,\"thread_ns_per_packet\":%.1f,"
                + "\"allocated_per_packet\":%.4f,\"ready_ms\":%d,\"first_ms\":%d%s}",
            job,
            packets,
            bytes,
            active,
            active > 0 ? packets / active : 0,
            userNs / 1e9,
            (threadNs - userNs) / 1e9,
            cpuNs / each,
            threadNs / each,
            allocated / each,
            readyMillis,
            firstNs == 0 ? -1 : readyMillis + (firstNs - startNs) / 1_000_000,
            extra.get()));
  }
}
