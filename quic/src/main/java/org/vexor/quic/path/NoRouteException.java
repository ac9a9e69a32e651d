package org.vexor.quic.path;

/// No route that the policy allows reached the peer; the decision says what was tried.
public final class NoRouteException extends RuntimeException {
  private final transient RouteDecision decision;

  NoRouteException(RouteDecision decision) {
    super(decision.toString());
    this.decision = decision;
  }

  public RouteDecision decision() {
    return decision;
  }
}
