package org.vexor.packet.xdp.device;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.vexor.linux.netlink.NeighbourResolver;

/// Keeps the kernel's neighbour entries alive that frames are sent to: it does not see those
/// frames, so an entry would grow stale and vanish.
final class Neighbourhood implements AutoCloseable {
  /// Entries are reachable for 15 to 45 s (net.ipv4.neigh.*.base_reachable_time_ms).
  private static final int PERIOD_TICKS = 30;

  private record Hop(long high, long low) {}

  private final Queue<long[]> reports = new ConcurrentLinkedQueue<>();
  private final NeighbourResolver resolver = NeighbourResolver.open();

  /// Next hops in use, two longs each. Any thread.
  void inUse(long[] hops, int count) {
    reports.add(Arrays.copyOf(hops, 2 * count));
  }

  /// Asks the kernel to look at them, every 30 s. Control thread.
  void refresh(int interfaceIndex, long ticks) {
    if (ticks % PERIOD_TICKS != 0) {
      return;
    }
    Set<Hop> hops = new HashSet<>();
    for (long[] report = reports.poll(); report != null; report = reports.poll()) {
      for (int i = 0; i < report.length; i += 2) {
        hops.add(new Hop(report[i], report[i + 1]));
      }
    }
    for (Hop hop : hops) {
      // A refusal leaves an entry that vanishes, and then datagrams that go by the kernel.
      int _ = resolver.resolve(interfaceIndex, hop.high, hop.low);
    }
  }

  @Override
  public void close() {
    resolver.close();
  }
}
