package org.vexor.masque.front;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.vexor.masque.client.UdpTunnel;

/// The tunnels of a front by whom they serve; bounded, and rid of those that nobody uses. On one
/// event loop.
///
/// @param <K> whom a tunnel serves
final class TunnelTable<K> {
  /// Looks for idle tunnels in the time in which one becomes idle.
  private static final int LOOKS = 4;

  private final EventLoop loop;
  private final FrontLimits limits;
  private final FrontCounters counters;
  private final Map<K, Entry> entries = new LinkedHashMap<>();
  private final Future<?> looks;

  /// A tunnel and when it was used last; that it was used in the other direction is told by its own
  /// count.
  private static final class Entry {
    private final UdpTunnel tunnel;
    private long usedNs;
    private long received;

    private Entry(UdpTunnel tunnel) {
      this.tunnel = tunnel;
    }
  }

  TunnelTable(EventLoop loop, FrontLimits limits, FrontCounters counters) {
    this.loop = loop;
    this.limits = limits;
    this.counters = counters;
    long pauseNs = Math.max(1, limits.idle().toNanos() / LOOKS);
    looks = loop.scheduleWithFixedDelay(this::look, pauseNs, pauseNs, TimeUnit.NANOSECONDS);
  }

  /// The tunnel of this one; made, when there is none. Empty when there is room for no more, which
  /// is counted.
  Optional<UdpTunnel> get(K whose, Supplier<UdpTunnel> open) {
    Entry entry = entries.get(whose);
    if (entry == null) {
      if (entries.size() >= limits.tunnels()) {
        counters.tunnelsRefused.increment();
        return Optional.empty();
      }
      entry = new Entry(open.get());
      entries.put(whose, entry);
      counters.tunnelsOpened.increment();
    }
    entry.usedNs = System.nanoTime();
    return Optional.of(entry.tunnel);
  }

  private void look() {
    long nowNs = System.nanoTime();
    Duration idle = limits.idle();
    entries
        .values()
        .removeIf(
            entry -> {
              long received = entry.tunnel.counters().received();
              if (received != entry.received) {
                entry.received = received;
                entry.usedNs = nowNs;
              }
              boolean unused = nowNs - entry.usedNs > idle.toNanos();
              if (unused) {
                close(entry);
              }
              return unused;
            });
  }

  private void close(Entry entry) {
    entry.tunnel.close();
    counters.tunnelsClosed.increment();
  }

  /// Ends all of them. On the event loop.
  void close() {
    looks.cancel(false);
    entries.values().forEach(this::close);
    entries.clear();
  }

  EventLoop loop() {
    return loop;
  }
}
