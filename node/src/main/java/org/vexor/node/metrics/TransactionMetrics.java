package org.vexor.node.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.vexor.tpu.history.HistoryCounts;
import org.vexor.tpu.history.HistoryListener.Step;
import org.vexor.tpu.history.LeaderStatistics;
import org.vexor.tpu.history.TransactionHistory;

/// What became of transactions, and how each leader served us.
public final class TransactionMetrics implements MetricsSource, Supplier<String> {
  private final TransactionHistory history;

  public TransactionMetrics(TransactionHistory history) {
    this.history = history;
  }

  /// These metrics alone. Any thread.
  @Override
  public String get() {
    var out = new Exposition();
    write(out);
    return out.text();
  }

  @Override
  public void write(Exposition out) {
    HistoryCounts counts = history.counts();
    String steps = "vexor_transaction_steps_total";
    out.counter(steps, "steps of transactions, by name: accepted, sent, seen in a block");
    for (Step step : Step.values()) {
      out.sample(steps, counts.of(step), Map.of("step", step.name().toLowerCase(Locale.ROOT)));
    }
    gauge(out, "vexor_transactions_open", "transactions that are not over", counts.open());
    gauge(out, "vexor_transactions_kept", "transactions that can be asked for", counts.kept());
    String forgotten = "vexor_transactions_forgotten_total";
    out.counter(forgotten, "transactions dropped from memory for room")
        .sample(forgotten, counts.forgotten(), Map.of());
    leaders(out, history.leaders());
  }

  private static void gauge(Exposition out, String name, String help, long value) {
    out.gauge(name, help).sample(name, value, Map.of());
  }

  private static void leaders(Exposition out, List<LeaderStatistics> leaders) {
    String name = "vexor_leader_transactions_total";
    out.counter(name, "transactions of a leader: sent to it, acknowledged, landed in its blocks");
    for (LeaderStatistics each : leaders) {
      sample(out, name, each, "sent", each.sent());
      sample(out, name, each, "acknowledged", each.acknowledged());
      sample(out, name, each, "landed", each.landed());
    }
    String rate = "vexor_leader_landing_ratio";
    out.gauge(rate, "landed in a leader's blocks of sent to it");
    leaders.forEach(each -> out.sample(rate, each.landingRate(), label(each)));
    String acknowledged = "vexor_leader_acknowledge_seconds";
    out.histogram(acknowledged, "from queued to acknowledged by a leader");
    leaders.forEach(each -> out.buckets(acknowledged, each.acknowledgeTimes(), label(each)));
    String landed = "vexor_leader_landing_seconds";
    out.histogram(landed, "from accepted to seen in a leader's block");
    leaders.forEach(each -> out.buckets(landed, each.landTimes(), label(each)));
  }

  private static void sample(
      Exposition out, String name, LeaderStatistics of, String what, long value) {
    var labels = new LinkedHashMap<>(label(of));
    labels.put("what", what);
    out.sample(name, value, labels);
  }

  private static Map<String, String> label(LeaderStatistics of) {
    return Map.of("leader", of.leader().toString());
  }
}
