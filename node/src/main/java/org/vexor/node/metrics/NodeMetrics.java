package org.vexor.node.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.vexor.gossip.node.GossipNode;
import org.vexor.node.status.ComponentStatus;
import org.vexor.node.status.Components;
import org.vexor.packet.BackendReport;
import org.vexor.packet.report.EngineStatus;
import org.vexor.tpu.history.TransactionHistory;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.TvuReceiver;

/// The counters of a node as metrics: the same numbers that its accounts close with.
public final class NodeMetrics implements Supplier<String> {
  private final Components components;
  private final Supplier<EngineStatus> engine;
  private final TvuReceiver receiver;
  private final List<MetricsSource> sources = new CopyOnWriteArrayList<>();

  /// @param engine what is true now of the receiver's engine
  public NodeMetrics(Components components, Supplier<EngineStatus> engine, TvuReceiver receiver) {
    this.components = components;
    this.engine = engine;
    this.receiver = receiver;
  }

  /// Adds what is known of the cluster.
  public void add(GossipNode gossip) {
    sources.add(new GossipMetrics(gossip));
  }

  /// Adds what became of transactions.
  public void add(TransactionHistory transactions) {
    sources.add(new TransactionMetrics(transactions));
  }

  /// True at this moment. Any thread.
  @Override
  public String get() {
    var out = new Exposition();
    state(out);
    engine(out, engine.get());
    tvu(out, receiver.counters());
    sources.forEach(source -> source.write(out));
    return out.text();
  }

  private void state(Exposition out) {
    String name = "vexor_component_state";
    out.gauge(name, "1 for the state that each component is in");
    for (ComponentStatus row : components.status()) {
      var labels = new LinkedHashMap<String, String>();
      labels.put("component", row.component());
      labels.put("state", row.state().word());
      out.sample(name, 1, labels);
    }
  }

  private static void engine(Exposition out, EngineStatus status) {
    BackendReport report = status.backend();
    out.gauge("vexor_backend_since_seconds", "Unix time since which the backend is in use")
        .sample(
            "vexor_backend_since_seconds",
            report.since().getEpochSecond(),
            Map.of("backend", report.backend().label()));
    count(out, "vexor_received_packets", "datagrams received", status.totals().received());
    count(out, "vexor_received_bytes", "their payloads", status.totals().receivedBytes());
    count(out, "vexor_sent_packets", "datagrams sent", status.totals().sent());
    count(out, "vexor_sent_bytes", "their payloads", status.totals().sentBytes());
    String dropped = "vexor_dropped_packets_total";
    out.counter(dropped, "datagrams lost between wire and handler, by reason");
    status
        .drops()
        .forEach(
            (reason, lost) ->
                out.sample(
                    dropped, lost, Map.of("reason", reason.name().toLowerCase(Locale.ROOT))));
    String kernel = "vexor_kernel_counter_total";
    out.counter(kernel, "what the kernel counts for the backend, by its names");
    report
        .kernelCounters()
        .forEach((name, value) -> out.sample(kernel, value, Map.of("name", name)));
  }

  private void tvu(Exposition out, IntakeCounters counters) {
    count(out, "vexor_tvu_datagrams", "datagrams that reached the filter", counters.datagrams());
    count(out, "vexor_tvu_kept", "shreds kept", counters.kept());
    count(out, "vexor_tvu_duplicates", "shreds that were kept before", counters.duplicates());
    count(out, "vexor_tvu_surplus", "shreds of slots complete without", counters.surplus());
    String dropped = "vexor_tvu_dropped_total";
    out.counter(dropped, "datagrams dropped by filter and verification, by reason");
    counters.drops().forEach((name, value) -> out.sample(dropped, value, Map.of("reason", name)));
    count(out, "vexor_tvu_blocks_complete", "blocks complete", receiver.finishedBlocks());
    count(out, "vexor_tvu_slots_abandoned", "slots given up", receiver.abandonedSlots());
  }

  private static void count(Exposition out, String name, String help, long value) {
    String total = name + "_total";
    out.counter(total, help).sample(total, value, Map.of());
  }
}
