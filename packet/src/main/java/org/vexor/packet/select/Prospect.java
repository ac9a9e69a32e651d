package org.vexor.packet.select;

import org.vexor.packet.Backend;

/// What would come of trying a backend now, as far as it can be told without opening it.
public sealed interface Prospect {
  /// The backend in question.
  Backend backend();

  /// Nothing speaks against it.
  ///
  /// @param how what it would work on, as `interface eth0`
  record Open(Backend backend, String how) implements Prospect {}

  /// It would not be used.
  ///
  /// @param outcome why not, with the values that decide
  /// @param remedy what to type or change; empty when nothing is known to help
  record Closed(Backend backend, String outcome, String remedy) implements Prospect {}
}
