package org.vexor.node.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.vexor.node.status.ComponentStatus.State;
import org.vexor.packet.Backend;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.ShedReason;
import org.vexor.turbine.tvu.TvuReceiver;

/// The row of the receiving side: degraded while it loses datagrams, or runs on something less than
/// what it started with.
public final class TvuRow implements ComponentSource {
  private final TvuReceiver receiver;
  private final Supplier<EngineStatus> engine;

  /// What it ran on when it started: less than that is a loss.
  private final Backend first;

  /// @param engine what is true now of the receiver's engine
  public TvuRow(TvuReceiver receiver, Supplier<EngineStatus> engine) {
    this.receiver = receiver;
    this.engine = engine;
    first = engine.get().backend().backend();
  }

  @Override
  public List<ComponentStatus> status() {
    EngineStatus now = engine.get();
    BackendReport report = now.backend();
    double dropsPerSecond = now.lastMinute().map(Rates::drops).orElse(0.0);
    State state = State.READY;
    String why = "port " + receiver.port().localEndpoint() + " on " + report.backend().label();
    String action = "";
    if (report.backend().compareTo(first) > 0) {
      state = State.DEGRADED;
      Attempt lost = attempt(report, first);
      why += ", " + first.label() + " was lost: " + lost.outcome();
      action = lost.remedy();
    } else if (dropsPerSecond > 0) {
      state = State.DEGRADED;
      why += ", %.1f datagrams/s lost in the last minute".formatted(dropsPerSecond);
      action = "give it more of the machine: --threads dedicated, --idle spin";
    }
    return List.of(
        new ComponentStatus(
            "TVU", state, why, performance(now), action, figures(receiver.counters())));
  }

  private static Attempt attempt(BackendReport report, Backend of) {
    return report.attempts().stream()
        .filter(attempt -> attempt.backend() == of)
        .findFirst()
        .orElse(new Attempt(of, "it does not say why", ""));
  }

  private String performance(EngineStatus now) {
    return now.lastSecond()
        .map(rates -> rates.receivedText() + ", blocks complete " + receiver.finishedBlocks())
        .orElse("not measured yet");
  }

  private Map<String, Number> figures(IntakeCounters counters) {
    var figures = new LinkedHashMap<String, Number>();
    figures.put("datagrams", counters.datagrams());
    figures.put("kept", counters.kept());
    figures.put("duplicates", counters.duplicates());
    figures.put("surplus", counters.surplus());
    for (ShedReason reason : ShedReason.values()) {
      figures.put("shed_" + reason.label(), counters.shedCount(reason));
    }
    counters.drops().forEach((name, count) -> figures.put("dropped_" + name, count));
    figures.put("blocks_complete", receiver.finishedBlocks());
    figures.put("slots_abandoned", receiver.abandonedSlots());
    return figures;
  }
}
