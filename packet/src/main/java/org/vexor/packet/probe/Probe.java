package org.vexor.packet.probe;

import java.util.Optional;

/// What was found out about one thing that the system may support.
public sealed interface Probe {
  /// It works here.
  ///
  /// @param how in which way; empty when there is only one
  record Supported(String how) implements Probe {}

  /// It does not work.
  ///
  /// @param why what was tried and what came of it, with the values that decide
  /// @param remedy what to type or change; empty when nothing is known to help
  record Unsupported(Cause cause, String why, String remedy) implements Probe {}

  /// It could not be found out: not being allowed to look is not the same as not being there.
  record Unknown(String why) implements Probe {}

  /// The obstacle, when there is one.
  default Optional<Unsupported> obstacle() {
    return this instanceof Unsupported found ? Optional.of(found) : Optional.empty();
  }
}
