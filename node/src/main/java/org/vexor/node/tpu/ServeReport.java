package org.vexor.node.tpu;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.tpu.server.ServerEvent;
import org.vexor.tpu.server.TpuServer;

/// What a transaction port has to say: as it starts, each second, and as it ends. One thread.
public final class ServeReport {
  private final TpuServer server;
  private final Pubkey identity;
  private long seconds;
  private long before;

  /// Of a server that has just started.
  public ServeReport(TpuServer server, Pubkey identity) {
    this.server = server;
    this.identity = identity;
  }

  private long count(ServerEvent event) {
    return server.counters().count(event);
  }

  private static String word(ServerEvent event) {
    return event.name().toLowerCase(Locale.ROOT);
  }

  /// One line.
  public String start() {
    return "transaction port on " + Endpoint.of(server.localAddress()) + ", identity " + identity;
  }

  /// The same for programs.
  public ObjectNode startJson() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("event", "listening")
        .put("address", Endpoint.of(server.localAddress()).toString())
        .put("identity", identity.toString());
  }

  /// A line about the last second; none for people when nothing came.
  public Optional<Object> second(boolean json) {
    seconds++;
    long total = count(ServerEvent.RECEIVED);
    long now = total - before;
    before = total;
    if (json) {
      return Optional.of(
          JsonNodeFactory.instance
              .objectNode()
              .put("second", seconds)
              .put("transactions", now)
              .put("total_transactions", total)
              .put("open_connections", server.connections()));
    }
    return now == 0
        ? Optional.empty()
        : Optional.of(now + " transactions, " + server.connections() + " connections");
  }

  /// All counters in one line.
  public String end() {
    var line = new StringBuilder();
    for (ServerEvent event : ServerEvent.values()) {
      line.append(line.isEmpty() ? "" : ", ").append(word(event)).append(' ').append(count(event));
    }
    return line.append(", bytes ").append(server.counters().bytes()).toString();
  }

  /// The same for programs.
  public ObjectNode endJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("event", "final");
    json.put("transactions", count(ServerEvent.RECEIVED));
    json.put("bytes", server.counters().bytes());
    json.put("handshakes", server.endpoint().counters().established());
    for (ServerEvent event : ServerEvent.values()) {
      json.put(word(event), count(event));
    }
    return json;
  }
}
