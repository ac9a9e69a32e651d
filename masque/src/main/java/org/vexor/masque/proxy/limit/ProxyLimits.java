package org.vexor.masque.proxy.limit;

import java.time.Duration;

/// The limits of a proxy.
///
/// @param tunnels in total, UDP and TCP
/// @param tunnelsPerClient of one client
/// @param streamsPerConnection requests that a client may have open on one connection
/// @param connections of HTTP, in total
/// @param connectionsPerAddress of HTTP, from one address
/// @param datagramsPerSecond of one client, from and to its targets together; 0 is no limit
/// @param bytesPerSecond of one client, likewise; 0 is no limit
/// @param unanswered datagrams that a tunnel may send before its target answers for the first time,
///   against floods that nobody asked for; 0 is no limit
/// @param earlyDatagrams kept of one tunnel while its target's name is looked up
/// @param lookUps of names, under way at a time
/// @param lookUpTime for one of them
/// @param connectTime for a TCP target to answer
/// @param silenceTime after which a client that acknowledges nothing, though it was asked to, is
///   given up; one whose port turns out to be closed is at once
/// @param idleTime without a datagram either way after which a UDP tunnel ends; RFC 9298 §3.1 asks
///   for two minutes at least
public record ProxyLimits(
    int tunnels,
    int tunnelsPerClient,
    int streamsPerConnection,
    int connections,
    int connectionsPerAddress,
    long datagramsPerSecond,
    long bytesPerSecond,
    int unanswered,
    int earlyDatagrams,
    int lookUps,
    Duration lookUpTime,
    Duration connectTime,
    Duration silenceTime,
    Duration idleTime) {
  private static final Duration SHORTEST_IDLE = Duration.ofMinutes(2);
  private static final Duration SHORTEST_SILENCE = Duration.ofSeconds(1);

  /// For one host of the size that a home or a small company has: 10,000 tunnels.
  public static final ProxyLimits DEFAULT =
      new ProxyLimits(
          10_000,
          10_000,
          1_000,
          4_000,
          1_000,
          0,
          0,
          0,
          32,
          256,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5));

  public ProxyLimits {
    positive("tunnels", tunnels);
    positive("tunnels_per_client", tunnelsPerClient);
    positive("streams_per_connection", streamsPerConnection);
    positive("connections", connections);
    positive("connections_per_address", connectionsPerAddress);
    positive("look_ups", lookUps);
    positive("look_up_time", lookUpTime.toNanos());
    positive("connect_time", connectTime.toNanos());
    if (silenceTime.compareTo(SHORTEST_SILENCE) < 0) {
      throw new IllegalArgumentException(
          "silence_time "
              + silenceTime.toMillis()
              + " ms is too short to ask: give a second or more");
    }
    if (datagramsPerSecond < 0 || bytesPerSecond < 0 || unanswered < 0 || earlyDatagrams < 0) {
      throw new IllegalArgumentException("rates and counts cannot be negative");
    }
    if (idleTime.compareTo(SHORTEST_IDLE) < 0) {
      throw new IllegalArgumentException(
          "idle_time " + idleTime.toSeconds() + " s is below the 120 s that RFC 9298 asks for");
    }
  }

  private static void positive(String name, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, not " + value);
    }
  }

  public ProxyLimits withTunnels(int inTotal, int perClient) {
    return new ProxyLimits(
        inTotal,
        perClient,
        streamsPerConnection,
        connections,
        connectionsPerAddress,
        datagramsPerSecond,
        bytesPerSecond,
        unanswered,
        earlyDatagrams,
        lookUps,
        lookUpTime,
        connectTime,
        silenceTime,
        idleTime);
  }

  public ProxyLimits withRates(long datagrams, long bytes) {
    return new ProxyLimits(
        tunnels,
        tunnelsPerClient,
        streamsPerConnection,
        connections,
        connectionsPerAddress,
        datagrams,
        bytes,
        unanswered,
        earlyDatagrams,
        lookUps,
        lookUpTime,
        connectTime,
        silenceTime,
        idleTime);
  }
}
