package org.vexor.node.route;

import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;
import org.vexor.packet.Endpoint;
import org.vexor.quic.path.RouteAttempt;
import org.vexor.quic.path.RouteDecision;

/// How each peer was reached last: a line when that changes, a row in the table of components. Any
/// thread; remembers a bounded number of peers, those of the latest decisions.
public final class RouteBook implements RouteListener, ComponentSource {
  private static final int PEERS = 4_096;
  private static final String DIRECT = "direct";

  private final Consumer<String> lines;
  private final Map<InetSocketAddress, Optional<String>> peers =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Optional<String>> eldest) {
          return size() > PEERS;
        }
      };

  /// Of roles that send datagrams, by name.
  private final Map<String, String> roles = new TreeMap<>();

  private String last = "";
  private long direct;
  private long tunnel;
  private long unreached;

  /// @param lines takes a line for each decision that differs from the last one for that peer
  public RouteBook(Consumer<String> lines) {
    this.lines = lines;
  }

  @Override
  public void decided(RouteDecision decision) {
    boolean isNews;
    String line = line(decision);
    synchronized (this) {
      Optional<String> before = peers.put(decision.remote(), decision.route());
      isNews = before == null || !before.equals(decision.route());
      last = isNews ? line : last;
      count(decision.route());
    }
    if (isNews) {
      lines.accept(line);
    }
  }

  @Override
  public void turned(String role, String route, String why) {
    String line =
        role + " goes " + (route.equals(DIRECT) ? "directly" : "by " + route) + ", " + why;
    synchronized (this) {
      roles.put(role, route);
      last = line;
    }
    lines.accept(line);
  }

  private void count(Optional<String> route) {
    if (route.isEmpty()) {
      unreached++;
    } else if (route.get().equals(DIRECT)) {
      direct++;
    } else {
      tunnel++;
    }
  }

  private static String line(RouteDecision decision) {
    var line = new StringBuilder("route to ").append(Endpoint.of(decision.remote()));
    line.append(": ").append(decision.route().orElse("none")).append(", ");
    line.append(
        switch (decision.reason()) {
          case POLICY -> "the only one allowed";
          case DIRECT_PREFERRED -> "preferred";
          case DIRECT_FAILED -> "as direct failed";
          case DIRECT_FAILED_RECENTLY -> "as direct failed a short while ago";
          case DIRECT_DOWN -> "as direct failed to all that were tried lately";
          case DIRECT_AGAIN -> "which is free again";
          case WON_RACE -> "the faster one";
          case NO_TUNNEL -> "and the proxy cannot be used now";
          case NOTHING_CAME_THROUGH -> "nothing came through";
        });
    for (RouteAttempt attempt : decision.attempts()) {
      if (attempt.outcome() == RouteAttempt.Outcome.FAILED) {
        line.append("; ").append(attempt.route()).append(" failed after ");
        line.append(attempt.took().toMillis()).append(" ms: ").append(attempt.detail());
      }
    }
    return line.toString();
  }

  @Override
  public synchronized List<ComponentStatus> status() {
    long straight = peers.values().stream().filter(Optional.of(DIRECT)::equals).count();
    long nowhere = peers.values().stream().filter(Optional::isEmpty).count();
    long tunnelled = peers.size() - straight - nowhere;
    var figures = new LinkedHashMap<String, Number>();
    figures.put("peers_direct_now", straight);
    figures.put("peers_tunnel_now", tunnelled);
    figures.put("peers_unreached_now", nowhere);
    figures.put("direct_decisions", direct);
    figures.put("tunnel_decisions", tunnel);
    figures.put("unreached_decisions", unreached);
    return List.of(
        new ComponentStatus(
            "routes",
            nowhere > 0 && straight + tunnelled == 0
                ? ComponentStatus.State.OFF
                : nowhere > 0 ? ComponentStatus.State.DEGRADED : ComponentStatus.State.READY,
            last,
            straight
                + " direct, "
                + tunnelled
                + " by tunnel, "
                + nowhere
                + " not reached"
                + String.join(
                    "",
                    roles.entrySet().stream()
                        .map(role -> "; " + role.getKey() + " " + role.getValue())
                        .toList()),
            "",
            figures));
  }
}
