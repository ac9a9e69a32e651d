package org.vexor.quic.path;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Peers that were not reached directly a short while ago; a bounded memory, oldest forgotten
/// first.
final class RecentFailures {
  private final Duration remembered;
  private final Map<InetSocketAddress, Long> failedNs;

  RecentFailures(Duration remembered, int capacity) {
    this.remembered = remembered;
    this.failedNs =
        new LinkedHashMap<>() {
          @Override
          protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Long> eldest) {
            return size() > capacity;
          }
        };
  }

  synchronized void add(InetSocketAddress remote, long nowNs) {
    failedNs.remove(remote);
    failedNs.put(remote, nowNs);
  }

  synchronized void remove(InetSocketAddress remote) {
    failedNs.remove(remote);
  }

  synchronized boolean contains(InetSocketAddress remote, long nowNs) {
    Long since = failedNs.get(remote);
    return since != null && nowNs - since < remembered.toNanos();
  }
}
