package org.vexor.node.run;

import java.io.PrintWriter;
import java.util.Map;
import java.util.stream.Collectors;
import org.vexor.packet.PacketPort;
import org.vexor.turbine.tvu.IntakeCounters;
import org.vexor.turbine.tvu.TvuReceiver;

/// Drives a receiver on the calling thread until it is asked to stop, then prints what it counted.
public final class TvuNode {
  /// Between datagrams the thread sleeps in the engine, and looks after old slots this often.
  private static final long IDLE_NS = 50_000_000;

  private final TvuReceiver receiver;
  private final StopSignal stop;
  private final PrintWriter messages;

  /// A node that is not running yet.
  public TvuNode(TvuReceiver receiver, StopSignal stop, PrintWriter messages) {
    this.receiver = receiver;
    this.stop = stop;
    this.messages = messages;
  }

  /// Says what receives where, and why nothing better does.
  public void announce() {
    PacketPort port = receiver.port();
    messages.println("TVU started with " + receiver.engine().report().toText());
    messages.println("  port " + port.localEndpoint());
    messages.flush();
  }

  /// Runs until the stop signal; closes the receiver and prints the counters.
  public void run() {
    try {
      while (!stop.isRequested()) {
        if (receiver.doWork() == 0) {
          receiver.engine().await(IDLE_NS);
        }
      }
    } finally {
      receiver.onClose();
      printCounters();
      stop.finished();
    }
  }

  private void printCounters() {
    IntakeCounters counters = receiver.counters();
    messages.printf(
        "datagrams %d = kept %d + duplicates %d + surplus of complete slots %d + dropped %d%s%n",
        counters.datagrams(),
        counters.kept(),
        counters.duplicates(),
        counters.surplus(),
        sum(counters.drops()),
        list(counters.drops()));
    messages.printf(
        "blocks complete %d, slots abandoned %d%n",
        receiver.finishedBlocks(), receiver.abandonedSlots());
    var before = receiver.port().counters().drops();
    if (!before.isEmpty()) {
      messages.println("lost before that: " + before);
    }
    messages.flush();
  }

  private static long sum(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static String list(Map<String, Long> counts) {
    return counts.isEmpty()
        ? ""
        : counts.entrySet().stream()
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", ", " (", ")"));
  }
}
