package org.vexor.packet;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What carries an engine's datagrams, since when, and why nothing better does. Facts that were
/// observed, no promises.
///
/// @param backend what is in use
/// @param mode how, in the backend's own words, such as `DatagramChannel` or `native, copy`
/// @param networkInterface the interface it is tied to, when it is tied to one
/// @param since when it came into use
/// @param attempts what was tried, in order, the one in use included
public record BackendReport(
    Backend backend,
    String mode,
    Optional<String> networkInterface,
    Instant since,
    List<Attempt> attempts) {
  public BackendReport {
    attempts = List.copyOf(attempts);
  }

  /// One attempt to open a backend.
  ///
  /// @param outcome `in use`, or what failed and with which values
  /// @param remedy what to type or change so that it would succeed; empty when it did, or when
  ///   nothing helps
  public record Attempt(Backend backend, String outcome, String remedy) {
    private static final String IN_USE = "in use";

    public static Attempt inUse(Backend backend) {
      return new Attempt(backend, IN_USE, "");
    }

    /// Whether this is the attempt that succeeded.
    public boolean isInUse() {
      return outcome.equals(IN_USE);
    }
  }

  /// A line for what is in use, and two for each attempt that failed: why, and what mends it.
  public String toText() {
    var text = new StringBuilder(backend.label()).append(" (").append(mode).append(')');
    networkInterface.ifPresent(name -> text.append(" on ").append(name));
    for (Attempt attempt : attempts) {
      if (!attempt.isInUse()) {
        text.append("\n  ")
            .append(attempt.backend().label())
            .append(": not used: ")
            .append(attempt.outcome());
        if (!attempt.remedy().isEmpty()) {
          text.append("\n    to mend: ").append(attempt.remedy());
        }
      }
    }
    return text.toString();
  }
}
