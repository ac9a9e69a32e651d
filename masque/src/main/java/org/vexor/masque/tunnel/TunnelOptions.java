package org.vexor.masque.tunnel;

import java.time.Duration;

/// Bounds of a [TunnelEngine].
///
/// @param tunnels open at once, of all ports; datagrams to further destinations are refused
/// @param idle after which an unused tunnel is closed; RFC 9298 §3.1 wants proxies to keep one at
///   least two minutes
/// @param arrivalBytes room for what was received and not handed over yet, a power of two
public record TunnelOptions(int tunnels, Duration idle, int arrivalBytes) {
  /// 1,024 tunnels, two minutes, a burst of some 2,800 full packets.
  public static final TunnelOptions DEFAULT =
      new TunnelOptions(1_024, Duration.ofMinutes(2), 4 << 20);

  public TunnelOptions {
    if (tunnels < 1 || idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException(tunnels + " tunnels, idle for " + idle);
    }
    if (Integer.bitCount(arrivalBytes) != 1) {
      throw new IllegalArgumentException(arrivalBytes + " bytes for arrivals; give a power of two");
    }
  }

  public TunnelOptions withTunnels(int count) {
    return new TunnelOptions(count, idle, arrivalBytes);
  }

  public TunnelOptions withIdle(Duration time) {
    return new TunnelOptions(tunnels, time, arrivalBytes);
  }
}
