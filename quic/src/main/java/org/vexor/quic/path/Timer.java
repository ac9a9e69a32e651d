package org.vexor.quic.path;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// Time, handed in: the present, and something to be done later.
public interface Timer {
  /// Nanoseconds; only differences matter.
  long nowNs();

  /// Runs `task` once, `delay` from now, on some thread.
  void after(Duration delay, Runnable task);

  /// On an executor, such as the event loops of a transport, which swallow no exceptions silently.
  static Timer on(ScheduledExecutorService executor, LongSupplier clockNs) {
    return new Timer() {
      @Override
      public long nowNs() {
        return clockNs.getAsLong();
      }

      @Override
      public void after(Duration delay, Runnable task) {
        var _ = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
      }
    };
  }
}
