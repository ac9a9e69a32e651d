package org.vexor.quic.admission;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// How often handshakes are begun, in fixed windows: a second for all, a minute for each address.
/// Guarded by the lock of its [AdmissionControl].
final class ArrivalRates {
  private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
  private static final long MINUTE_NS = TimeUnit.MINUTES.toNanos(1);

  /// Addresses remembered. When as many came within a minute, further ones are refused.
  private static final int ADDRESSES = 65_536;

  private final ConnectionLimits limits;
  private final LongSupplier clockNs;
  private final Map<ClientNetwork, Window> addresses = new HashMap<>();
  private final Window all;

  private static final class Window {
    private long sinceNs;
    private int count;

    private Window(long nowNs) {
      sinceNs = nowNs;
    }

    private int count(long nowNs, long lengthNs) {
      if (nowNs - sinceNs >= lengthNs) {
        sinceNs = nowNs;
        count = 0;
      }
      return count;
    }
  }

  ArrivalRates(ConnectionLimits limits, LongSupplier clockNs) {
    this.limits = limits;
    this.clockNs = clockNs;
    this.all = new Window(clockNs.getAsLong());
  }

  /// Whether one more may begin.
  boolean allow(ClientNetwork client) {
    long nowNs = clockNs.getAsLong();
    if (all.count(nowNs, SECOND_NS) >= limits.newPerSecond()) {
      return false;
    }
    if (!perAddress()) {
      return true;
    }
    Window own = addresses.get(client);
    return own == null
        ? addresses.size() < ADDRESSES || forget(nowNs)
        : own.count(nowNs, MINUTE_NS) < limits.newPerMinutePerAddress();
  }

  /// One more has begun.
  void add(ClientNetwork client) {
    long nowNs = clockNs.getAsLong();
    all.count = all.count(nowNs, SECOND_NS) + 1;
    if (perAddress()) {
      Window own = addresses.computeIfAbsent(client, _ -> new Window(nowNs));
      own.count = own.count(nowNs, MINUTE_NS) + 1;
    }
  }

  private boolean perAddress() {
    return limits.newPerMinutePerAddress() < Integer.MAX_VALUE;
  }

  private boolean forget(long nowNs) {
    return addresses.values().removeIf(window -> nowNs - window.sinceNs >= MINUTE_NS);
  }
}
