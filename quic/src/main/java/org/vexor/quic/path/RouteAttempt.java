package org.vexor.quic.path;

import java.time.Duration;

/// What became of trying one route.
///
/// @param took until the outcome was known
/// @param detail why not, where it failed
public record RouteAttempt(String route, Outcome outcome, Duration took, String detail) {
  /// How an attempt ended.
  public enum Outcome {
    CONNECTED,
    FAILED,

    /// The other route was faster; this one was closed, or will be when it comes through.
    OVERTAKEN
  }
}
