package org.vexor.node.status;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.vexor.node.status.ComponentStatus.State;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.ShedReason;
import org.vexor.turbine.tvu.TvuReceiver;

/// The row of the receiving side: degraded while it loses datagrams, or shreds wait in vain.
public final class TvuRow implements ComponentSource {
  private final TvuReceiver receiver;
  private final Supplier<EngineStatus> engine;

  /// @param engine what is true now of the receiver's engine
  public TvuRow(TvuReceiver receiver, Supplier<EngineStatus> engine) {
    this.receiver = receiver;
    this.engine = engine;
  }

  @Override
  public List<ComponentStatus> status() {
    EngineStatus now = engine.get();
    IntakeCounters counters = receiver.counters();
    double dropsPerSecond = now.lastMinute().map(Rates::drops).orElse(0.0);
    String on =
        "port " + receiver.port().localEndpoint() + " on " + now.backend().backend().label();
    boolean losing = dropsPerSecond > 0;
    return List.of(
        new ComponentStatus(
            "TVU",
            losing ? State.DEGRADED : State.READY,
            losing
                ? "%s, %.1f datagrams/s lost in the last minute".formatted(on, dropsPerSecond)
                : on,
            now.lastSecond()
                .map(
                    rates ->
                        rates.receivedText() + ", blocks complete " + receiver.finishedBlocks())
                .orElse("not measured yet"),
            losing ? "give it more of the machine: --threads dedicated, --idle spin" : "",
            figures(counters)));
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
