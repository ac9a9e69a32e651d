package org.vexor.node.run;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Turns SIGINT and SIGTERM into a request that a running loop sees, and holds the end of the
/// process back until the loop has said its last word.
public final class StopSignal {
  /// SIGTERM must end the process in under a second.
  private static final long PATIENCE_MS = 800;

  private final CountDownLatch finished = new CountDownLatch(1);
  private final long patienceMs;
  private volatile boolean requested;

  private StopSignal(long patienceMs) {
    this.patienceMs = patienceMs;
  }

  /// Listens from now on, for a loop that has nothing to wait for.
  ///
  /// @param wakeup called once when the request comes, on another thread
  public static StopSignal install(Runnable wakeup) {
    return install(wakeup, Duration.ZERO);
  }

  /// Listens from now on.
  ///
  /// @param wakeup called once when the request comes, on another thread
  /// @param more that the loop may take to end, as its user wants it
  public static StopSignal install(Runnable wakeup, Duration more) {
    var signal = new StopSignal(PATIENCE_MS + more.toMillis());
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .name("stop-signal")
                .unstarted(
                    () -> {
                      signal.request();
                      wakeup.run();
                      signal.awaitFinished();
                    }));
    return signal;
  }

  /// Asks the loop to end.
  public void request() {
    requested = true;
  }

  /// Whether the loop was asked to end.
  public boolean isRequested() {
    return requested;
  }

  /// The loop has ended and printed what it had to.
  public void finished() {
    finished.countDown();
  }

  private void awaitFinished() {
    try {
      if (!finished.await(patienceMs, TimeUnit.MILLISECONDS)) {
        System.err.println("vexor: the receiver did not end in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
