package org.vexor.quic.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.Application;
import org.vexor.quic.CloseReason;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.EndpointOptions;
import org.vexor.quic.Lab;
import org.vexor.quic.QuicClient;
import org.vexor.quic.QuicConnection;
import org.vexor.quic.QuicServer;
import org.vexor.quic.path.ManualTimer;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutePolicy;
import org.vexor.quic.path.RoutedConnection;
import org.vexor.quic.tls.TlsOptions;

final class ConnectionCacheTest {
  private static final CacheOptions OPTIONS = CacheOptions.DEFAULT.withCapacity(2);

  private final Lab lab = Lab.nio();
  private final ManualTimer timer = new ManualTimer();
  private final AtomicInteger signs = new AtomicInteger();
  private final List<ConnectRequest> requests = new ArrayList<>();
  private final QuicClient client =
      lab.client(TlsOptions.solana(Lab.CLIENT_IDENTITY), EndpointOptions.DEFAULT);
  private boolean reachable = true;
  private boolean improvable;

  private final ConnectionCache cache =
      new ConnectionCache(
          new Ways(),
          _ -> Application.sendOnly(),
          _ -> signs.incrementAndGet(),
          OPTIONS,
          PauseRule.USUAL,
          timer,
          new SplittableRandom(1),
          CacheObserver.NONE);

  @AfterEach
  void closeAll() {
    cache.close();
    lab.close();
  }

  private final class Ways implements Connector {
    @Override
    public CompletionStage<RoutedConnection> connect(ConnectRequest request) {
      return ConnectionCacheTest.this.connect(request);
    }

    @Override
    public Optional<CompletionStage<RoutedConnection>> better(
        RouteDecision present, ConnectRequest request) {
      return improvable ? Optional.of(ConnectionCacheTest.this.connect(request)) : Optional.empty();
    }
  }

  private CompletionStage<RoutedConnection> connect(ConnectRequest request) {
    requests.add(request);
    var decision =
        new RouteDecision(
            request.remote(),
            RoutePolicy.DIRECT_ONLY,
            Optional.of("direct"),
            RouteDecision.Reason.POLICY,
            List.of());
    return reachable
        ? client.connect(request).thenApply(open -> new RoutedConnection(open, decision))
        : CompletableFuture.failedFuture(new IllegalStateException("unreachable"));
  }

  private QuicServer server() {
    return lab.server(
        TlsOptions.solana(Lab.SERVER_IDENTITY), EndpointOptions.DEFAULT, Application.sendOnly());
  }

  private Target target() {
    return Target.of(server().localAddress(), Lab.serverKey());
  }

  private QuicConnection open(Target target) throws Exception {
    return switch (cache.find(target)) {
      case Lookup.Open open -> open.connection();
      case Lookup.Connecting connecting -> Lab.await(connecting.connection());
      case Lookup.BackedOff paused -> throw new AssertionError(paused);
      case Lookup.Closed closed -> throw new AssertionError(closed);
    };
  }

  @Test
  void aConnectionIsOpenedOnceAndUsedAgain() throws Exception {
    Target target = target();
    QuicConnection first = open(target);
    Lookup.Open again = assertInstanceOf(Lookup.Open.class, cache.find(target));
    assertSame(first, again.connection());
    assertEquals(Optional.of("direct"), again.decision().route());
    assertEquals(1, requests.size());
    assertEquals(Optional.of(Lab.serverKey()), requests.getFirst().pin());
    assertEquals(1, cache.count(CacheEvent.HIT));
    assertEquals(1, cache.count(CacheEvent.MISS));
  }

  @Test
  void theLeastRecentlyUsedGivesWay() throws Exception {
    Target first = target();
    Target second = target();
    QuicConnection used = open(first);
    QuicConnection unused = open(second);
    cache.find(first);
    open(target());
    assertEquals(2, cache.size());
    assertEquals(CloseReason.Kind.LOCAL, Lab.await(unused.closed()).kind());
    assertTrue(used.isOpen());
    assertEquals(1, cache.count(CacheEvent.EVICTED));
  }

  @Test
  void failuresPauseLongerEachTimeAndEndWithSuccess() throws Exception {
    reachable = false;
    Target target = target();
    cache.find(target);
    var pauses = new ArrayList<Duration>();
    for (int i = 0; i < 5; i++) {
      Lookup.BackedOff paused = assertInstanceOf(Lookup.BackedOff.class, cache.find(target));
      assertTrue(paused.why().contains("unreachable"));
      pauses.add(paused.pause());
      timer.pass(paused.pause());
    }
    for (int i = 0; i < pauses.size(); i++) {
      long wholeMs = 100L << i;
      long pauseMs = pauses.get(i).toMillis();
      assertTrue(pauseMs >= wholeMs / 2 && pauseMs <= wholeMs, () -> "pauses " + pauses);
    }
    reachable = true;
    timer.pass(Duration.ofSeconds(10));
    Lab.await("open", () -> cache.find(target) instanceof Lookup.Open);
    assertEquals(6, cache.count(CacheEvent.CONNECT_FAILED));
  }

  @Test
  void aLostConnectionIsOpenedAgain() throws Exception {
    QuicServer server = server();
    InetSocketAddress address = server.localAddress();
    Target target = Target.of(address, Lab.serverKey());
    QuicConnection first = open(target);
    first.close(1, "lost"); // as if the peer had: the cache did not do it
    Lab.await(first.closed());
    Lab.await("noticed", () -> cache.count(CacheEvent.LOST) == 1);
    assertInstanceOf(Lookup.BackedOff.class, cache.find(target));
    Lab.await(
        "open again",
        () -> {
          timer.pass(OPTIONS.firstPause()); // more than once: the pause may begin only now
          return cache.find(target) instanceof Lookup.Open;
        });
    assertEquals(2, cache.count(CacheEvent.CONNECTED));
  }

  @Test
  void aConnectionGivesWayToABetterOneAndLivesUntilItsDataIsAcknowledged() throws Exception {
    Target target = target();
    QuicConnection first = open(target);
    improvable = true;
    timer.pass(OPTIONS.keepAliveInterval());
    Lab.await("replaced", () -> cache.count(CacheEvent.REPLACED) == 1);
    improvable = false;
    QuicConnection second = open(target);
    assertNotSame(first, second);
    assertTrue(first.isOpen());
    timer.pass(Duration.ofSeconds(3));
    Lab.await(first.closed());
    assertTrue(second.isOpen());
    assertSame(second, open(target));
    assertEquals(0, cache.count(CacheEvent.LOST), "nobody lost anything");
    second.close(1, "lost"); // as if the peer had
    Lab.await("noticed", () -> cache.count(CacheEvent.LOST) == 1);
  }

  @Test
  void openConnectionsGetSignsOfLifeUntilNobodyUsesThem() throws Exception {
    QuicConnection connection = open(target());
    timer.pass(OPTIONS.keepAliveInterval().multipliedBy(3));
    assertEquals(3, signs.get());
    timer.pass(OPTIONS.unusedAfter());
    assertEquals(0, cache.size());
    assertEquals(1, cache.count(CacheEvent.UNUSED));
    assertEquals("unused", Lab.await(connection.closed()).text());
  }

  @Test
  void aClosedCacheOpensNothing() throws Exception {
    QuicConnection connection = open(target());
    cache.close();
    cache.close();
    assertInstanceOf(Lookup.Closed.class, cache.find(target()));
    Lab.await(connection.closed());
    assertFalse(connection.isOpen());
  }

  @Property(tries = 200)
  void pausesStayWithinTheirLimits(@ForAll @IntRange(min = 1, max = 1_000) int failures) {
    var backoff =
        new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new SplittableRandom(failures));
    long pauseMs = backoff.pause(failures).toMillis();
    assertTrue(pauseMs >= 50 && pauseMs <= 10_000);
    if (failures > 7) {
      assertTrue(pauseMs >= 5_000);
    }
  }
}
