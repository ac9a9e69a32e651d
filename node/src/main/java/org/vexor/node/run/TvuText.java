package org.vexor.node.run;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.DropReason;
import org.vexor.packet.report.EngineStatus;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.TvuReceiver;

/// What the receiving side tells a person.
final class TvuText {
  private TvuText() {}

  /// The block at the start: what receives where, and why nothing better does.
  static String start(EngineStatus status) {
    Backend backend = status.backend().backend();
    String by = backend == Backend.AF_XDP ? "AF_XDP acceleration" : backend.label();
    return "TVU started with %s%n%s".formatted(by, status.toText());
  }

  /// The line for a change of backend, up or down.
  static String change(BackendReport now) {
    String why =
        now.attempts().stream()
            .filter(attempt -> !attempt.isInUse())
            .filter(attempt -> attempt.backend().compareTo(now.backend()) < 0)
            .map(TvuText::reason)
            .collect(Collectors.joining("; "));
    return "TVU now on %s (%s)%s"
        .formatted(now.backend().label(), now.mode(), why.isEmpty() ? "" : ": " + why);
  }

  private static String reason(Attempt attempt) {
    String remedy = attempt.remedy().isEmpty() ? "" : "; to mend: " + attempt.remedy();
    return "not " + attempt.backend().label() + ", " + attempt.outcome() + remedy;
  }

  /// The last words: where every datagram went.
  static String accounts(TvuReceiver receiver) {
    IntakeCounters counters = receiver.counters();
    Map<String, Long> lost = named(receiver.engine().counters().drops());
    return "datagrams %d = kept %d + duplicates %d + surplus of complete slots %d + dropped %s%n"
            .formatted(
                counters.datagrams(),
                counters.kept(),
                counters.duplicates(),
                counters.surplus(),
                counted(counters.drops()))
        + "blocks complete %d, slots abandoned %d%n"
            .formatted(receiver.finishedBlocks(), receiver.abandonedSlots())
        + (lost.isEmpty() ? "" : "lost before that: " + counted(lost) + System.lineSeparator());
  }

  /// Drops by their names in lower case.
  static Map<String, Long> named(Map<DropReason, Long> drops) {
    var named = new LinkedHashMap<String, Long>();
    drops.forEach((reason, count) -> named.put(reason.name().toLowerCase(Locale.ROOT), count));
    return named;
  }

  /// The sum, and its parts in brackets.
  static String counted(Map<String, Long> counts) {
    long sum = counts.values().stream().mapToLong(Long::longValue).sum();
    String parts =
        counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    return parts.isEmpty() ? Long.toString(sum) : sum + " (" + parts + ")";
  }
}
