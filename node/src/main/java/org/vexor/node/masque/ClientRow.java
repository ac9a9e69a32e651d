package org.vexor.node.masque;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.masque.client.ClientStatus;
import org.vexor.masque.client.MasqueClient;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;

/// The row of a client of a proxy in the table of components.
public final class ClientRow implements ComponentSource {
  private final MasqueClient client;

  public ClientRow(MasqueClient client) {
    this.client = client;
  }

  @Override
  public List<ComponentStatus> status() {
    ClientStatus now = client.status();
    return List.of(
        new ComponentStatus(
            "MASQUE client",
            state(now),
            now.toString(),
            "for " + Duration.between(now.since(), Instant.now()).toSeconds() + " s",
            action(client, now),
            figures(now)));
  }

  static ComponentStatus.State state(ClientStatus now) {
    return switch (now.phase()) {
      case READY -> ComponentStatus.State.READY;
      case DEGRADED -> ComponentStatus.State.DEGRADED;
      case CONNECTING, UNREACHABLE, CLOSED -> ComponentStatus.State.OFF;
    };
  }

  static String action(MasqueClient client, ClientStatus now) {
    return switch (now.phase()) {
      case DEGRADED, UNREACHABLE ->
          "mend what the reason says, here or at " + client.options().template().authority();
      case READY, CONNECTING, CLOSED -> "";
    };
  }

  private static Map<String, Number> figures(ClientStatus now) {
    var figures = new LinkedHashMap<String, Number>();
    figures.put("connected_now", now.version().isPresent() ? 1 : 0);
    figures.put("http_version_now", now.version().map(used -> 3 - used.ordinal()).orElse(0));
    return figures;
  }
}
