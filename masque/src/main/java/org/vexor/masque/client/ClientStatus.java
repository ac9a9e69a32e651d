package org.vexor.masque.client;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.vexor.masque.http.HttpVersion;

/// How the client stands with its proxy at one moment.
///
/// @param phase in one word
/// @param version of HTTP in use; empty while there is no connection
/// @param reason why it is not ready, or not over the best version allowed; empty when it is
/// @param since when it is so
public record ClientStatus(
    Phase phase, Optional<HttpVersion> version, String reason, Instant since) {
  /// How a client stands with its proxy.
  public enum Phase {
    /// The first connection is being tried for.
    CONNECTING,
    /// Connected over the best HTTP version allowed.
    READY,
    /// Connected over a worse one.
    DEGRADED,
    /// Not connected; it is tried for again and again.
    UNREACHABLE,
    /// Closed by its user.
    CLOSED
  }

  /// `ready over HTTP/3`, `degraded over HTTP/2: reason`.
  @Override
  public String toString() {
    String over = version.map(used -> " over " + used.label()).orElse("");
    String word = phase.name().toLowerCase(Locale.ROOT);
    return word + over + (reason.isEmpty() ? "" : ": " + reason);
  }
}
