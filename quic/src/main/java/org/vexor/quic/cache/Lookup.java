package org.vexor.quic.cache;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.path.RouteDecision;

/// What the cache has for a target.
public sealed interface Lookup {
  /// A connection, and how it came to be.
  record Open(QuicConnection connection, RouteDecision decision) implements Lookup {}

  /// An attempt is under way; the stage fails when it fails.
  record Connecting(CompletionStage<QuicConnection> connection) implements Lookup {}

  /// The last attempt failed, and the next starts by itself after `pause`.
  record BackedOff(Duration pause, String why) implements Lookup {}

  /// The cache is closed.
  record Closed() implements Lookup {}
}
