package org.vexor.node.route;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.vexor.node.status.ComponentStatus;
import org.vexor.quic.path.RouteAttempt;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RouteDecision.Reason;
import org.vexor.quic.path.RoutePolicy;

final class RouteBookTest {
  private final List<String> lines = new ArrayList<>();
  private final RouteBook book = new RouteBook(lines::add);

  private void decide(int port, Optional<String> route, Reason reason) {
    var failed =
        new RouteAttempt(
            "direct", RouteAttempt.Outcome.FAILED, Duration.ofMillis(2_001), "no answer in time");
    book.decided(
        new RouteDecision(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            RoutePolicy.TUNNEL_IF_DIRECT_FAILS,
            route,
            reason,
            reason == Reason.DIRECT_FAILED ? List.of(failed) : List.of()));
  }

  @Test
  void aChangeIsALineAndTheSameAgainIsNone() {
    decide(1, Optional.of("direct"), Reason.DIRECT_PREFERRED);
    decide(1, Optional.of("direct"), Reason.DIRECT_PREFERRED);
    decide(1, Optional.of("tunnel by p:443"), Reason.DIRECT_FAILED);
    decide(1, Optional.of("tunnel by p:443"), Reason.DIRECT_FAILED_RECENTLY);
    decide(1, Optional.of("direct"), Reason.DIRECT_AGAIN);
    assertEquals(
        List.of(
            "route to 127.0.0.1:1: direct, preferred",
            "route to 127.0.0.1:1: tunnel by p:443, as direct failed; direct failed after 2001 ms:"
                + " no answer in time",
            "route to 127.0.0.1:1: direct, which is free again"),
        lines);
  }

  @Test
  void theRowCountsPeersByTheirLastRoute() {
    decide(1, Optional.of("direct"), Reason.DIRECT_PREFERRED);
    decide(2, Optional.of("tunnel by p:443"), Reason.DIRECT_FAILED);
    book.turned("gossip", "tunnel by p:443", "as nothing comes back directly");
    ComponentStatus row = book.status().getFirst();
    assertEquals(ComponentStatus.State.READY, row.state());
    assertEquals("1 direct, 1 by tunnel, 0 not reached; gossip tunnel by p:443", row.performance());
    decide(2, Optional.empty(), Reason.NOTHING_CAME_THROUGH);
    assertEquals(ComponentStatus.State.DEGRADED, book.status().getFirst().state());
    assertEquals(1L, book.status().getFirst().figures().get("peers_unreached_now"));
    assertTrue(lines.contains("gossip goes by tunnel by p:443, as nothing comes back directly"));
  }
}
