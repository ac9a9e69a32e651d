package org.vexor.node.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Calls something once a second on a thread of its own, away from the packets, until it is closed.
public final class Ticker implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Ticker.class.getName());

  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("vexor-watch").factory());

  /// Starts; a call that fails is logged, and does not end the ticking.
  public Ticker(Runnable tick) {
    var _ =
        executor.scheduleAtFixedRate(
            () -> {
              try {
                tick.run();
              } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "the watch of the receiver failed once", e);
              }
            },
            1,
            1,
            TimeUnit.SECONDS);
  }

  /// Ends the ticking; a call that is under way ends first, within a second.
  @Override
  public void close() {
    executor.shutdownNow();
    try {
      boolean _ = executor.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
