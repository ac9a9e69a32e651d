package org.vexor.masque.front;

import java.time.Duration;

/// How much a front keeps open.
///
/// @param tunnels at once; of a SOCKS front, for each client's association
/// @param connections at once, of SOCKS clients
/// @param idle after which a tunnel that nobody uses is closed
public record FrontLimits(int tunnels, int connections, Duration idle) {
  /// As many tunnels as a gossip node has peers that it talks to; idle for as long as RFC 4787 §4.3
  /// has a NAT keep a mapping at least.
  public static final FrontLimits DEFAULT = new FrontLimits(1_024, 1_024, Duration.ofMinutes(2));

  public FrontLimits {
    if (tunnels < 1 || connections < 1 || idle.isNegative() || idle.isZero()) {
      throw new IllegalArgumentException(
          "limits of a front are positive, not "
              + tunnels
              + " tunnels, "
              + connections
              + " connections, idle "
              + idle);
    }
  }

  public FrontLimits withTunnels(int most) {
    return new FrontLimits(most, connections, idle);
  }

  public FrontLimits withIdle(Duration after) {
    return new FrontLimits(tunnels, connections, after);
  }
}
