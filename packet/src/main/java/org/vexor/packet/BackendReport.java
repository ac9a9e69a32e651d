package org.vexor.packet;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What carries an engine's datagrams, since when, and why nothing better does. Facts that were
/// observed, no promises.
///
/// @param backend what is in use
/// @param mode how, in the backend's own words, such as `DatagramChannel` or `native, copy`
/// @param device the network device it is tied to, when it is tied to one
/// @param since when it came into use
/// @param attempts what was tried, in order, the one in use included
/// @param kernelCounters what the kernel counts for it, by the kernel's names, such as
///   `rx_ring_full`; empty where the kernel counts nothing
public record BackendReport(
    Backend backend,
    String mode,
    Optional<Device> device,
    Instant since,
    List<Attempt> attempts,
    Map<String, Long> kernelCounters) {
  public BackendReport {
    attempts = List.copyOf(attempts);
    kernelCounters = Collections.unmodifiableMap(new LinkedHashMap<>(kernelCounters));
  }

  /// One that is tied to no device and has no counters in the kernel.
  public BackendReport(Backend backend, String mode, Instant since, List<Attempt> attempts) {
    this(backend, mode, Optional.empty(), since, attempts, Map.of());
  }

  /// A network device that a backend works on directly.
  ///
  /// @param networkInterface its name
  /// @param driver as the kernel names it; empty when it does not say
  /// @param queues receive queues in use, by number
  /// @param modeAsked what was asked for, such as `auto` or `native`
  /// @param modeObtained what the kernel says it is, such as `native, copy`
  public record Device(
      String networkInterface,
      String driver,
      List<Integer> queues,
      String modeAsked,
      String modeObtained) {
    public Device {
      queues = List.copyOf(queues);
    }
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
    device.ifPresent(on -> text.append(" on ").append(on.networkInterface()));
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
