package org.vexor.quic.path;

import java.time.Duration;

/// Times of path selection.
///
/// @param headStart of the direct route in a race
/// @param directTimeout how long to wait for the direct route where a tunnel could follow
/// @param failureMemory how long a failed direct route is not tried again where a tunnel works
/// @param returnInterval how often the direct route is tried beside an open connection by a tunnel
/// @param rememberedPeers how many peers each memory holds
public record PathOptions(
    Duration headStart,
    Duration directTimeout,
    Duration failureMemory,
    Duration returnInterval,
    int rememberedPeers) {
  /// The head start is that of RFC 8305 §5; the time-out lets one lost packet be repaired.
  public static final PathOptions DEFAULT =
      new PathOptions(
          Duration.ofMillis(250),
          Duration.ofSeconds(2),
          Duration.ofMinutes(1),
          Duration.ofSeconds(5),
          10_000);
}
