package org.vexor.node.proxy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.vexor.masque.proxy.tunnel.AccessLog;
import org.vexor.masque.proxy.tunnel.TunnelRecord;

/// Writes a JSON object a line for each request that is over, on a thread of its own. What that
/// thread cannot keep up with is dropped and counted.
public final class AccessLogFile implements AccessLog, AutoCloseable {
  private static final int WAITING = 8_192;
  private static final double NS_PER_MS = 1e6;
  private static final long LAST_WORDS_MS = 500;

  private final BlockingQueue<TunnelRecord> queue = new ArrayBlockingQueue<>(WAITING);
  private final LongAdder dropped = new LongAdder();
  private final PrintWriter out;
  private final Thread writer;
  private volatile boolean closed;

  private AccessLogFile(PrintWriter out) {
    this.out = out;
    writer = Thread.ofPlatform().daemon().name("access-log").start(this::write);
  }

  /// Appends to a file.
  public static AccessLogFile append(Path file) throws IOException {
    return new AccessLogFile(
        new PrintWriter(
            Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)));
  }

  /// Writes to `out`, which stays the caller's.
  public static AccessLogFile to(PrintWriter out) {
    return new AccessLogFile(out);
  }

  @Override
  public void ended(TunnelRecord record) {
    if (!queue.offer(record)) {
      dropped.increment();
    }
  }

  /// Records that were lost.
  public long dropped() {
    return dropped.sum();
  }

  private void write() {
    try {
      while (!closed || !queue.isEmpty()) {
        TunnelRecord next = queue.poll(LAST_WORDS_MS / 5, TimeUnit.MILLISECONDS);
        if (next != null) {
          out.println(json(next));
        }
        if (queue.isEmpty()) {
          out.flush();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ObjectNode json(TunnelRecord record) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("time", Instant.now().toString())
            .put("version", record.version().label())
            .put("kind", record.kind())
            .put("client", record.client().getAddress().getHostAddress())
            .put("user", record.user())
            .put("status", record.status())
            .put("end", record.end())
            .put("to_target_bytes", record.toTargetBytes())
            .put("to_client_bytes", record.toClientBytes())
            .put("ms", record.durationNs() / NS_PER_MS);
    record.target().ifPresent(target -> node.put("target", target));
    return node;
  }

  @Override
  public void close() {
    closed = true;
    try {
      boolean _ = writer.join(Duration.ofMillis(LAST_WORDS_MS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    out.flush();
  }
}
