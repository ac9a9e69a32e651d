package org.vexor.quic.path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.Application;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.Lab;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.path.RouteAttempt.Outcome;
import org.vexor.quic.path.RouteDecision.Reason;
import org.vexor.quic.tls.TlsOptions;

final class PathSelectorTest {
  private final Lab lab = Lab.nio();
  private final ManualTimer timer = new ManualTimer();
  private final List<RouteDecision> decisions = new ArrayList<>();
  private final GatedRoute direct = new GatedRoute("direct");
  private final GatedRoute tunnel = new GatedRoute("tunnel");
  private QuicClient client;
  private ConnectRequest request;

  /// A route whose attempts end when the test says so.
  private static final class GatedRoute implements Route {
    private final String name;
    private final List<CompletableFuture<QuicConnection>> attempts = new ArrayList<>();
    private final List<ConnectRequest> requests = new ArrayList<>();

    private GatedRoute(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public CompletionStage<QuicConnection> connect(ConnectRequest asked) {
      requests.add(asked);
      attempts.add(new CompletableFuture<>());
      return attempts.getLast();
    }

    private void fail() {
      attempts.getLast().completeExceptionally(new IllegalStateException("blocked"));
    }
  }

  @BeforeEach
  void serve() {
    QuicServer server =
        lab.server(
            TlsOptions.solana(Lab.SERVER_IDENTITY),
            EndpointOptions.DEFAULT,
            Application.sendOnly());
    client = lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
    request = ConnectRequest.pinned(server.localAddress(), Lab.serverKey(), Application.sendOnly());
  }

  @AfterEach
  void closeAll() {
    lab.close();
  }

  private PathSelector selector(RoutePolicy policy, boolean withTunnel) {
    return new PathSelector(
        direct,
        () -> withTunnel ? Optional.of(tunnel) : Optional.empty(),
        _ -> policy,
        PathOptions.DEFAULT,
        timer,
        decisions::add);
  }

  private QuicConnection comeThrough(GatedRoute route) throws Exception {
    QuicConnection connection = Lab.await(client.connect(request));
    route.attempts.getLast().complete(connection);
    return connection;
  }

  private RouteDecision refused(CompletionStage<RoutedConnection> stage) {
    var failure = assertThrows(ExecutionException.class, () -> Lab.await(stage));
    return assertInstanceOf(NoRouteException.class, failure.getCause()).decision();
  }

  @Test
  void theRouteOfThePolicyIsTheOnlyOneTried() throws Exception {
    var stage = selector(RoutePolicy.DIRECT_ONLY, true).connect(request);
    QuicConnection connection = comeThrough(direct);
    RoutedConnection routed = Lab.await(stage);
    assertEquals(connection, routed.connection());
    assertEquals(Optional.of("direct"), routed.decision().route());
    assertEquals(Reason.POLICY, routed.decision().reason());
    assertEquals(0, tunnel.attempts.size());
    assertEquals(List.of(routed.decision()), decisions);
  }

  @Test
  void aTunnelThatIsNotThereIsAReason() {
    RouteDecision decision = refused(selector(RoutePolicy.TUNNEL_ONLY, false).connect(request));
    assertEquals(Reason.NO_TUNNEL, decision.reason());
    assertEquals(Optional.empty(), decision.route());
  }

  @Test
  void theTunnelFollowsADirectRouteThatFailedAndIsTakenAtOnceForAWhile() throws Exception {
    PathSelector selector = selector(RoutePolicy.TUNNEL_IF_DIRECT_FAILS, true);
    var first = selector.connect(request);
    assertEquals(PathOptions.DEFAULT.directTimeout(), direct.requests.getFirst().timeout());
    timer.pass(Duration.ofSeconds(2));
    direct.fail();
    comeThrough(tunnel);
    RouteDecision decision = Lab.await(first).decision();
    assertEquals(Reason.DIRECT_FAILED, decision.reason());
    assertEquals(
        new RouteAttempt("direct", Outcome.FAILED, Duration.ofSeconds(2), "blocked"),
        decision.attempts().getFirst());
    assertTrue(decision.toString().contains("direct FAILED after 2000 ms, blocked"));

    var second = selector.connect(request);
    comeThrough(tunnel);
    assertEquals(Reason.DIRECT_FAILED_RECENTLY, Lab.await(second).decision().reason());
    assertEquals(1, direct.attempts.size());

    timer.pass(PathOptions.DEFAULT.failureMemory());
    var third = selector.connect(request);
    comeThrough(direct);
    assertEquals(Reason.DIRECT_PREFERRED, Lab.await(third).decision().reason());
  }

  @Test
  void inARaceTheLoserIsClosed() throws Exception {
    var stage = selector(RoutePolicy.RACE, true).connect(request);
    assertEquals(0, tunnel.attempts.size());
    timer.pass(PathOptions.DEFAULT.headStart());
    QuicConnection winner = comeThrough(tunnel);
    RouteDecision decision = Lab.await(stage).decision();
    assertEquals(Optional.of("tunnel"), decision.route());
    assertEquals(Reason.WON_RACE, decision.reason());
    assertEquals(
        List.of(Outcome.CONNECTED, Outcome.OVERTAKEN),
        decision.attempts().stream().map(RouteAttempt::outcome).toList());
    QuicConnection late = comeThrough(direct);
    assertEquals(CloseReason.Kind.LOCAL, Lab.await(late.closed()).kind());
    assertTrue(winner.isOpen());
  }

  @Test
  void aRaceIsOverWhenDirectComesThroughInItsHeadStart() throws Exception {
    var stage = selector(RoutePolicy.RACE, true).connect(request);
    comeThrough(direct);
    Lab.await(stage);
    timer.pass(Duration.ofSeconds(1));
    assertEquals(0, tunnel.attempts.size());
  }

  @Test
  void theOtherRacerStartsEarlyWhenTheFirstFails() throws Exception {
    var stage = selector(RoutePolicy.RACE, true).connect(request);
    direct.fail();
    assertEquals(1, tunnel.attempts.size());
    timer.pass(Duration.ofSeconds(1));
    assertEquals(1, tunnel.attempts.size());
    assertFalse(stage.toCompletableFuture().isDone());
    tunnel.fail();
    RouteDecision decision = refused(stage);
    assertEquals(Reason.NOTHING_CAME_THROUGH, decision.reason());
    assertEquals(2, decision.attempts().size());
    assertEquals(List.of(decision), decisions);
  }

  @Test
  void directIsTriedNowAndThenBesideATunnelUntilItIsFreeAgain() throws Exception {
    PathSelector selector = selector(RoutePolicy.TUNNEL_IF_DIRECT_FAILS, true);
    var first = selector.connect(request);
    direct.fail();
    comeThrough(tunnel);
    RouteDecision present = Lab.await(first).decision();
    assertEquals(Optional.empty(), selector.better(present, request), "it has failed just now");

    timer.pass(PathOptions.DEFAULT.returnInterval());
    var blocked = selector.better(present, request).orElseThrow();
    direct.fail();
    refused(blocked);
    assertEquals(List.of(present), decisions, "nothing has changed");
    assertEquals(Optional.empty(), selector.better(present, request));

    timer.pass(PathOptions.DEFAULT.returnInterval());
    var free = selector.better(present, request).orElseThrow();
    comeThrough(direct);
    RouteDecision back = Lab.await(free).decision();
    assertEquals(Reason.DIRECT_AGAIN, back.reason());
    assertEquals(List.of(present, back), decisions);
    timer.pass(PathOptions.DEFAULT.returnInterval());
    assertEquals(Optional.empty(), selector.better(back, request), "there is nothing better");
    assertEquals(1, tunnel.attempts.size());
  }

  @Test
  void aRouteThatThePolicyNamesIsNeverLeft() throws Exception {
    PathSelector selector = selector(RoutePolicy.TUNNEL_ONLY, true);
    var stage = selector.connect(request);
    comeThrough(tunnel);
    RouteDecision present = Lab.await(stage).decision();
    timer.pass(PathOptions.DEFAULT.failureMemory());
    assertEquals(Optional.empty(), selector.better(present, request));
    assertEquals(0, direct.attempts.size());
  }

  @Test
  void whereNothingGetsOutDirectlyNewPeersGetTheTunnelAtOnceUntilOneIsReached() throws Exception {
    PathSelector selector = selector(RoutePolicy.TUNNEL_IF_DIRECT_FAILS, true);
    for (int i = 0; i < 3; i++) {
      var stage = selector.connect(peer(i));
      direct.fail();
      comeThrough(tunnel);
      assertEquals(Reason.DIRECT_FAILED, Lab.await(stage).decision().reason());
    }
    var next = selector.connect(peer(3));
    comeThrough(tunnel);
    assertEquals(Reason.DIRECT_DOWN, Lab.await(next).decision().reason());
    assertEquals(3, direct.attempts.size());
    timer.pass(PathOptions.DEFAULT.returnInterval());
    var free = selector.better(decisions.get(2), peer(2)).orElseThrow();
    comeThrough(direct);
    Lab.await(free);
    var after = selector.connect(peer(4));
    comeThrough(direct);
    assertEquals(Reason.DIRECT_PREFERRED, Lab.await(after).decision().reason());
  }

  private ConnectRequest peer(int number) {
    var remote = new InetSocketAddress("127.0.0." + (10 + number), 9);
    return ConnectRequest.pinned(remote, Lab.serverKey(), Application.sendOnly());
  }
}
