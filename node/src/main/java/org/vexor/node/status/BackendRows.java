package org.vexor.node.status;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.vexor.node.status.ComponentStatus.State;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;

/// A row for each backend that an engine may run on: the one in use is ready; a better one that is
/// not in use is off for the reason that was met; a worse one waits.
public final class BackendRows implements ComponentSource {
  private static final List<Backend> BACKENDS =
      List.of(Backend.AF_XDP, Backend.IO_URING, Backend.UDP);

  private final Supplier<EngineStatus> engine;

  /// @param engine what is true now; called for each request
  public BackendRows(Supplier<EngineStatus> engine) {
    this.engine = engine;
  }

  @Override
  public List<ComponentStatus> status() {
    EngineStatus status = engine.get();
    List<ComponentStatus> rows = new ArrayList<>();
    for (Backend backend : BACKENDS) {
      rows.add(row(backend, status));
    }
    return rows;
  }

  private static ComponentStatus row(Backend backend, EngineStatus status) {
    BackendReport report = status.backend();
    if (backend == report.backend()) {
      return inUse(status);
    }
    for (Attempt attempt : report.attempts()) {
      if (attempt.backend() == backend && !attempt.isInUse()) {
        return new ComponentStatus(
            backend.label(), State.OFF, attempt.outcome(), "", attempt.remedy());
      }
    }
    String why =
        backend.compareTo(report.backend()) > 0
            ? report.backend().label() + " does its work"
            : "not tried";
    return new ComponentStatus(backend.label(), State.OFF, why, "", "");
  }

  /// Ready, though of one device it may be in a mode that is not the best.
  private static ComponentStatus inUse(EngineStatus status) {
    BackendReport report = status.backend();
    String on =
        status
            .deviceInUse()
            .map(device -> device.networkInterface() + ", " + device.modeObtained())
            .orElse(report.mode());
    return new ComponentStatus(
        report.backend().label(),
        State.READY,
        on + ", since " + report.since().truncatedTo(ChronoUnit.SECONDS),
        performance(status),
        "",
        figures(status));
  }

  private static String performance(EngineStatus status) {
    return status
        .lastSecond()
        .flatMap(
            second ->
                status
                    .lastMinute()
                    .map(
                        minute ->
                            "in %s (minute %.0f, %.1f), out %.0f packets/s"
                                .formatted(
                                    second.receivedText(),
                                    minute.receivedPackets(),
                                    minute.receivedBits() / 1e6,
                                    second.sentPackets())))
        .orElse("not measured yet");
  }

  private static Map<String, Number> figures(EngineStatus status) {
    var figures = new LinkedHashMap<String, Number>();
    status.lastSecond().ifPresent(rates -> put(figures, "last_second_", rates));
    status.lastMinute().ifPresent(rates -> put(figures, "last_minute_", rates));
    status
        .drops()
        .forEach(
            (reason, count) ->
                figures.put("dropped_" + reason.name().toLowerCase(Locale.ROOT), count));
    status
        .backend()
        .kernelCounters()
        .forEach((name, count) -> figures.put("kernel_" + name, count));
    return figures;
  }

  private static void put(Map<String, Number> figures, String when, Rates rates) {
    figures.put(when + "received_packets_per_second", rates.receivedPackets());
    figures.put(when + "received_bits_per_second", rates.receivedBits());
    figures.put(when + "sent_packets_per_second", rates.sentPackets());
    figures.put(when + "sent_bits_per_second", rates.sentBits());
    figures.put(when + "dropped_packets_per_second", rates.drops());
  }
}
