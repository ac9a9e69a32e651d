package org.vexor.tpu.send;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.vexor.quic.ConnectRequest;
import org.vexor.quic.cache.CacheEvent;
import org.vexor.quic.cache.CacheObserver;
import org.vexor.quic.cache.CacheOptions;
import org.vexor.quic.cache.Connector;
import org.vexor.quic.path.RouteDecision;
import org.vexor.quic.path.RoutedConnection;
import org.vexor.tpu.TpuLab;
import org.vexor.tpu.server.TpuServer;

/// A sender whose connection gives way to one by a better route.
final class RouteChangeTest {
  private static final Duration OFTEN = Duration.ofMillis(100);

  private final TpuLab lab = new TpuLab();

  @AfterEach
  void closeAll() {
    lab.close();
  }

  /// Finds something better each time it is asked, a few times.
  private static final class Restless implements Connector {
    private final LeaderPaths paths;
    private final AtomicInteger left = new AtomicInteger(3);

    private Restless(LeaderPaths paths) {
      this.paths = paths;
    }

    @Override
    public CompletionStage<RoutedConnection> connect(ConnectRequest request) {
      return paths.connect(request);
    }

    @Override
    public Optional<CompletionStage<RoutedConnection>> better(
        RouteDecision present, ConnectRequest request) {
      return left.getAndDecrement() > 0 ? Optional.of(connect(request)) : Optional.empty();
    }
  }

  @Test
  void nothingIsLostOrSentTwiceWhenTheRouteChanges() {
    TpuServer server = lab.server();
    try (LeaderPaths paths = LeaderPaths.direct(lab.loops(), TpuLab.anyPort(), 1, lab.clientKey);
        QuicSender sender =
            QuicSender.start(
                new Restless(paths),
                SenderOptions.DEFAULT
                    .withResendEvery(Duration.ZERO)
                    .withCache(CacheOptions.DEFAULT.withKeepAliveInterval(OFTEN)),
                LeaderSource.NONE,
                lab.told,
                paths.timer(),
                new SplittableRandom(1),
                CacheObserver.NONE)) {
      int made = 0;
      while (sender.connections().count(CacheEvent.REPLACED) < 3) {
        made++;
        assertEquals(Submission.ACCEPTED, sender.submit(lab.transfer(lab.target(server))));
        int sofar = made;
        TpuLab.await("not too many", () -> lab.told.endings(Ending.DELIVERED) > sofar - 100);
      }
      int all = made;
      TpuLab.await("delivered", () -> lab.told.endings(Ending.DELIVERED) == all);
      assertEquals(all, lab.received.count.get());
      assertTrue(
          lab.told.lost.isEmpty(), () -> lab.told.lost + " " + List.copyOf(lab.told.details));
    }
  }
}
