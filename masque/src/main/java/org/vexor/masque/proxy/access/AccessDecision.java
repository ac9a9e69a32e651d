package org.vexor.masque.proxy.access;

/// Whether a client may use the proxy.
public sealed interface AccessDecision {
  /// It may.
  ///
  /// @param name that its tunnels are counted and logged by; empty when nobody has to say who it is
  record Granted(String name) implements AccessDecision {}

  /// It did not say who it is.
  record Missing() implements AccessDecision {}

  /// It is not who it says, or nobody we know.
  record Wrong() implements AccessDecision {}
}
