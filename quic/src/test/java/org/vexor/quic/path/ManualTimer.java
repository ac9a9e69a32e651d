package org.vexor.quic.path;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Time that passes when the test says so.
public final class ManualTimer implements Timer {
  private final List<Task> tasks = new ArrayList<>();
  private long nowNs;

  private record Task(long dueNs, Runnable run) {}

  @Override
  public synchronized long nowNs() {
    return nowNs;
  }

  @Override
  public synchronized void after(Duration delay, Runnable task) {
    tasks.add(new Task(nowNs + delay.toNanos(), task));
  }

  /// Runs what is due within `time`, in order.
  public void pass(Duration time) {
    long untilNs;
    synchronized (this) {
      untilNs = nowNs + time.toNanos();
    }
    for (Task due = next(untilNs); due != null; due = next(untilNs)) {
      due.run().run();
    }
    synchronized (this) {
      nowNs = untilNs;
    }
  }

  private synchronized @Nullable Task next(long untilNs) {
    Task first =
        tasks.stream()
            .filter(task -> task.dueNs() <= untilNs)
            .min(Comparator.comparingLong(Task::dueNs))
            .orElse(null);
    if (first != null) {
      tasks.remove(first);
      nowNs = Math.max(nowNs, first.dueNs());
    }
    return first;
  }

  /// When the next task is due, from now.
  public synchronized Duration untilNext() {
    return Duration.ofNanos(tasks.stream().mapToLong(Task::dueNs).min().orElseThrow() - nowNs);
  }
}
