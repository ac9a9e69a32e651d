package org.vexor.masque.client;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.vexor.masque.client.ClientStatus.Phase;
import org.vexor.masque.http.HttpVersion;

/// What the client says of itself: written on the control loop, read by any thread, one line in the
/// log for each change.
final class StatusBoard {
  private static final System.Logger LOG = System.getLogger(StatusBoard.class.getName());

  private static final String IN_VAIN =
      "no datagrams were agreed on, and nothing comes back by capsules: does the proxy take them?";

  private final String proxy;
  private final HttpVersion best;
  private final List<Consumer<ClientStatus>> listeners = new CopyOnWriteArrayList<>();
  private final Map<String, String> dialFailures = new LinkedHashMap<>();
  private volatile ClientStatus status =
      new ClientStatus(Phase.CONNECTING, Optional.empty(), "", Instant.now());

  StatusBoard(String proxy, HttpVersion best) {
    this.proxy = proxy;
    this.best = best;
  }

  ClientStatus status() {
    return status;
  }

  void listen(Consumer<ClientStatus> listener) {
    listeners.add(listener);
  }

  void dialFailed(String how, String why) {
    dialFailures.put(how, why);
    if (status.phase() == Phase.DEGRADED && status.reason().isEmpty()) {
      change(Phase.DEGRADED, status.version(), how + ": " + why);
    }
  }

  void connected(HttpVersion version) {
    if (version == best) {
      dialFailures.clear();
      change(Phase.READY, Optional.of(version), "");
    } else {
      String why =
          Optional.ofNullable(dialFailures.get(best.label()))
              .map(reason -> best.label() + ": " + reason)
              .orElse(best.label() + ": no answer yet");
      change(Phase.DEGRADED, Optional.of(version), why);
    }
  }

  /// Whether the proxy seems to throw away what comes without datagrams.
  void capsulesInVain(boolean now) {
    boolean said = status.reason().equals(IN_VAIN);
    if (now && status.phase() == Phase.READY) {
      change(Phase.DEGRADED, status.version(), IN_VAIN);
    } else if (!now && said) {
      change(Phase.READY, status.version(), "");
    }
  }

  void unreachable(String why) {
    change(Phase.UNREACHABLE, Optional.empty(), why);
  }

  void closed() {
    change(Phase.CLOSED, Optional.empty(), "");
  }

  private void change(Phase phase, Optional<HttpVersion> version, String reason) {
    ClientStatus before = status;
    boolean same = before.phase() == phase && before.version().equals(version);
    if (same && before.reason().equals(reason)) {
      return;
    }
    ClientStatus now =
        new ClientStatus(phase, version, reason, same ? before.since() : Instant.now());
    status = now;
    if (!same) {
      LOG.log(System.Logger.Level.INFO, () -> "proxy " + proxy + ": " + now);
    }
    listeners.forEach(listener -> listener.accept(now));
  }
}
