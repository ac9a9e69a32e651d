package org.vexor.quic.path;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

/// How a peer was reached, or not, and why that way.
///
/// @param route that was taken; empty when none came through
/// @param attempts in the order in which they ended
public record RouteDecision(
    InetSocketAddress remote,
    RoutePolicy policy,
    Optional<String> route,
    Reason reason,
    List<RouteAttempt> attempts) {
  public RouteDecision {
    attempts = List.copyOf(attempts);
  }

  /// Why a route was taken, or none.
  public enum Reason {
    /// The policy names one route.
    POLICY,

    /// Direct is preferred, and worked.
    DIRECT_PREFERRED,

    /// Direct was tried and failed.
    DIRECT_FAILED,

    /// Direct failed a short while ago and was not tried again yet.
    DIRECT_FAILED_RECENTLY,

    /// Direct failed to all others that were tried lately, and was not tried first.
    DIRECT_DOWN,

    /// Direct failed before, and came through again while the tunnel was in use.
    DIRECT_AGAIN,

    /// It was the faster of two.
    WON_RACE,

    /// The policy would have a tunnel, and none is given.
    NO_TUNNEL,

    /// All that the policy allows was tried.
    NOTHING_CAME_THROUGH
  }

  /// One line for people.
  @Override
  public String toString() {
    var line = new StringBuilder();
    line.append(remote).append(": ").append(route.orElse("not reached")).append(", ");
    line.append(reason).append(" (policy ").append(policy).append(")");
    for (RouteAttempt attempt : attempts) {
      line.append("; ").append(attempt.route()).append(' ').append(attempt.outcome());
      line.append(" after ").append(attempt.took().toMillis()).append(" ms");
      line.append(attempt.detail().isEmpty() ? "" : ", " + attempt.detail());
    }
    return line.toString();
  }
}
