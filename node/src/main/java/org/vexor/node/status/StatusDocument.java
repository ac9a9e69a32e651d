package org.vexor.node.status;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.vexor.node.json.StatusJson;
import org.vexor.packet.report.EngineStatus;

/// What a node answers: who it is, a row for each component, and its engine in full.
public final class StatusDocument implements Supplier<String> {
  private final String version;
  private final Components components;
  private final Supplier<EngineStatus> engine;
  private final Instant started = Instant.now();

  /// @param version of the program
  public StatusDocument(String version, Components components, Supplier<EngineStatus> engine) {
    this.version = version;
    this.components = components;
    this.engine = engine;
  }

  /// One JSON object in one line, true at this moment.
  @Override
  public String get() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("version", version);
    json.put("pid", ProcessHandle.current().pid());
    json.put("started", started.toString());
    json.put("uptime_seconds", Duration.between(started, Instant.now()).toSeconds());
    ArrayNode rows = json.putArray("components");
    for (ComponentStatus status : components.status()) {
      ObjectNode row = rows.addObject();
      row.put("component", status.component());
      row.put("state", status.state().word());
      row.put("why", status.why());
      row.put("performance", status.performance());
      row.put("action", status.action());
      ObjectNode figures = row.putObject("figures");
      status
          .figures()
          .forEach(
              (name, value) -> {
                if (value instanceof Double real) {
                  figures.put(name, real);
                } else {
                  figures.put(name, value.longValue());
                }
              });
    }
    json.set("engine", StatusJson.of(engine.get()));
    return json.toString();
  }
}
