package org.vexor.node.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import org.vexor.packet.BackendReport;
import org.vexor.packet.BackendReport.Attempt;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.Rates;

/// An engine's state as JSON, the same for `status` and the events of `run`.
public final class StatusJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StatusJson() {}

  /// All that a status says; rates that were not measured yet are null.
  public static ObjectNode of(EngineStatus status) {
    ObjectNode json = NODES.objectNode();
    ArrayNode ports = json.putArray("ports");
    status.ports().forEach(port -> ports.add(port.toString()));
    json.setAll(of(status.backend()));
    json.put("kernel", status.kernel());
    ObjectNode totals = json.putObject("totals");
    totals.put("received_packets", status.totals().received());
    totals.put("received_bytes", status.totals().receivedBytes());
    totals.put("sent_packets", status.totals().sent());
    totals.put("sent_bytes", status.totals().sentBytes());
    ObjectNode drops = json.putObject("drops");
    status
        .drops()
        .forEach((reason, count) -> drops.put(reason.name().toLowerCase(Locale.ROOT), count));
    status
        .lastSecond()
        .ifPresentOrElse(
            rates -> json.set("last_second", rates(rates)), () -> json.putNull("last_second"));
    status
        .lastMinute()
        .ifPresentOrElse(
            rates -> json.set("last_minute", rates(rates)), () -> json.putNull("last_minute"));
    return json;
  }

  /// What is in use, and what was tried.
  public static ObjectNode of(BackendReport report) {
    ObjectNode json = NODES.objectNode();
    json.put("backend", report.backend().label());
    json.put("mode", report.mode());
    json.put("since", report.since().toString());
    if (report.device().isPresent()) {
      BackendReport.Device device = report.device().get();
      ObjectNode on = json.putObject("device");
      on.put("interface", device.networkInterface());
      on.put("driver", device.driver());
      ArrayNode queues = on.putArray("queues");
      device.queues().forEach(queues::add);
      on.put("mode_asked", device.modeAsked());
      on.put("mode_obtained", device.modeObtained());
    } else {
      json.putNull("device");
    }
    ArrayNode attempts = json.putArray("attempts");
    for (Attempt attempt : report.attempts()) {
      ObjectNode tried = attempts.addObject();
      tried.put("backend", attempt.backend().label());
      tried.put("in_use", attempt.isInUse());
      tried.put("outcome", attempt.outcome());
      tried.put("remedy", attempt.remedy());
    }
    ObjectNode kernel = json.putObject("kernel_counters");
    report.kernelCounters().forEach(kernel::put);
    return json;
  }

  private static ObjectNode rates(Rates rates) {
    ObjectNode json = NODES.objectNode();
    json.put("seconds", rates.seconds());
    json.put("received_packets_per_second", rates.receivedPackets());
    json.put("received_bits_per_second", rates.receivedBits());
    json.put("sent_packets_per_second", rates.sentPackets());
    json.put("sent_bits_per_second", rates.sentBits());
    json.put("dropped_packets_per_second", rates.drops());
    return json;
  }
}
