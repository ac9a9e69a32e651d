package org.vexor.masque.client;

import java.time.Duration;
import java.util.List;

/// How long the client waits for what.
///
/// @param handshake of a connection, and for the proxy's SETTINGS
/// @param headStart of HTTP/3 before TCP is tried, from when its port is bound and its keys are
///   made
/// @param firstPause before trying again after a failure; doubles with each failure
/// @param longestPause between two tries for a connection
/// @param longestRefusalPause between two tries for a tunnel that the proxy refuses
/// @param returnInterval between two tries of HTTP/3 while something worse is in use
/// @param probeInterval between signs of life that are asked of the proxy
/// @param deadAfter without any sign of life a connection is given up
public record ClientTimes(
    Duration handshake,
    Duration headStart,
    Duration firstPause,
    Duration longestPause,
    Duration longestRefusalPause,
    Duration returnInterval,
    Duration probeInterval,
    Duration deadAfter) {
  /// Finds a dead proxy within 2 s and a returned one within 1 s more.
  public static final ClientTimes DEFAULT =
      new ClientTimes(
          Duration.ofSeconds(3),
          Duration.ofMillis(250),
          Duration.ofMillis(100),
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          Duration.ofSeconds(5),
          Duration.ofMillis(500),
          Duration.ofSeconds(2));

  public ClientTimes {
    for (Duration each :
        List.of(
            handshake,
            firstPause,
            longestPause,
            longestRefusalPause,
            returnInterval,
            probeInterval,
            deadAfter)) {
      if (each.isNegative() || each.isZero()) {
        throw new IllegalArgumentException("a time of the client is " + each + ", not positive");
      }
    }
  }

  /// With other times for the choice between HTTP versions.
  public ClientTimes withRace(Duration newHandshake, Duration newHeadStart, Duration newReturn) {
    return new ClientTimes(
        newHandshake,
        newHeadStart,
        firstPause,
        longestPause,
        longestRefusalPause,
        newReturn,
        probeInterval,
        deadAfter);
  }
}
