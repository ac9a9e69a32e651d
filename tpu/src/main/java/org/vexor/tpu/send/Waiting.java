package org.vexor.tpu.send;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What waits for one target, by priority; bounded. Any thread.
final class Waiting {
  private final int limit;
  private final AtomicInteger size = new AtomicInteger();
  private final List<Queue<Attempt>> queues = new ArrayList<>();

  Waiting(int limit) {
    this.limit = limit;
    for (Priority _ : Priority.values()) {
      queues.add(new ConcurrentLinkedQueue<>());
    }
  }

  int size() {
    return size.get();
  }

  boolean isEmpty() {
    return size.get() == 0;
  }

  /// False when it is full.
  boolean offer(Attempt attempt) {
    if (size.incrementAndGet() > limit) {
      size.decrementAndGet();
      return false;
    }
    return queues.get(attempt.pending().request().priority().ordinal()).add(attempt);
  }

  /// The next one, of the highest priority there is.
  @Nullable Attempt poll() {
    if (size.get() == 0) {
      return null;
    }
    for (int i = 0; i < queues.size(); i++) {
      Attempt next = queues.get(i).poll();
      if (next != null) {
        size.decrementAndGet();
        return next;
      }
    }
    return null;
  }

  /// The next one if it waits since before that; of any priority.
  @Nullable Attempt pollOlder(long thanNs) {
    for (int i = 0; i < queues.size(); i++) {
      Attempt next = queues.get(i).peek();
      // Whoever else polls takes it away; then it is no longer this one's affair.
      if (next != null && next.queuedNs() - thanNs < 0 && queues.get(i).remove(next)) {
        size.decrementAndGet();
        return next;
      }
    }
    return null;
  }
}
