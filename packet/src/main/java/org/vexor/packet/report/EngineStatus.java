package org.vexor.packet.report;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.BackendReport.Device;
import org.vexor.packet.DropReason;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PacketEngine;
import org.vexor.packet.PacketPort;
import org.vexor.packet.TrafficCounters;

/// All that an engine can say of itself at one moment: what it runs on and why on nothing better,
/// what it measured, what was lost. Numbers that were counted, none that is expected.
///
/// @param ports where it receives
/// @param backend what is in use, since when, and what was tried
/// @param kernel release of the running kernel, as `uname -r`
/// @param totals datagrams and bytes since it was opened
/// @param drops by our own reasons, those above zero; what the kernel counts is in `backend`
/// @param lastSecond empty in the first second
/// @param lastMinute over a shorter time in the first minute
public record EngineStatus(
    List<Endpoint> ports,
    BackendReport backend,
    String kernel,
    Totals totals,
    Map<DropReason, Long> drops,
    Optional<Rates> lastSecond,
    Optional<Rates> lastMinute) {
  public EngineStatus {
    ports = List.copyOf(ports);
    drops = drops.isEmpty() ? Map.of() : new EnumMap<>(drops);
  }

  /// Counts since the engine was opened.
  public record Totals(long received, long receivedBytes, long sent, long sentBytes) {}

  /// Asks an engine. Any thread.
  ///
  /// @param rates of the engine's counters
  public static EngineStatus of(PacketEngine engine, RateSampler rates) {
    TrafficCounters counters = engine.counters();
    return new EngineStatus(
        engine.ports().stream().map(PacketPort::localEndpoint).toList(),
        engine.report(),
        System.getProperty("os.version", ""),
        new Totals(
            counters.received(), counters.receivedBytes(), counters.sent(), counters.sentBytes()),
        counters.drops(),
        rates.lastSecond(),
        rates.lastMinute());
  }

  /// The device that the packets come by; empty while they come by the kernel's sockets, also where
  /// the engine waits for a device to come back.
  public Optional<Device> deviceInUse() {
    return backend.backend() == Backend.AF_XDP ? backend.device() : Optional.empty();
  }

  /// Attempts at backends that are better than the one in use, or that failed on the way to it.
  public List<Attempt> obstacles() {
    return backend.attempts().stream()
        .filter(attempt -> !attempt.isInUse() && !isWorse(attempt.backend()))
        .toList();
  }

  private boolean isWorse(Backend other) {
    return other.compareTo(backend.backend()) > 0;
  }

  /// Lines for a person: on what it runs, in what mode, and why not better.
  public String toText() {
    var text = new StringBuilder();
    line(text, "port", ports.stream().map(Endpoint::toString).collect(Collectors.joining(", ")));
    Optional<Device> on = deviceInUse();
    if (on.isPresent()) {
      Device device = on.get();
      line(text, "interface", device.networkInterface() + ", " + queues(device));
      line(text, "mode", device.modeObtained() + " (asked for: " + device.modeAsked() + ")");
      line(
          text,
          "driver",
          (device.driver().isEmpty() ? "unknown" : device.driver()) + ", kernel " + kernel);
    } else {
      line(text, "interface", "any, by the kernel's sockets");
      line(text, "mode", backend.mode());
      line(text, "driver", "none, kernel " + kernel);
    }
    for (Attempt attempt : obstacles()) {
      line(text, "not " + attempt.backend().label(), attempt.outcome());
      if (!attempt.remedy().isEmpty()) {
        line(text, "to mend", attempt.remedy());
      }
    }
    return text.toString();
  }

  private static String queues(Device device) {
    String numbers =
        device.queues().stream().map(String::valueOf).collect(Collectors.joining(", "));
    return (device.queues().size() == 1 ? "queue " : "queues ") + numbers;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-13s %s%n".formatted(name, value));
  }
}
