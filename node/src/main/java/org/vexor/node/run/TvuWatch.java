package org.vexor.node.run;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.vexor.packet.BackendReport;
import org.vexor.packet.TrafficCounters;
import org.vexor.packet.report.EngineStatus;
import org.vexor.packet.report.RateSampler;
import org.vexor.turbine.tvu.ShedReason;
import org.vexor.turbine.tvu.TvuReceiver;

/// Looks at a running receiver once a second from outside: measures its rates, says them every ten
/// seconds, and says when the backend changes. One thread calls [#tick]; [#status] is for any.
public final class TvuWatch {
  private static final long LINE_NS = 10_000_000_000L;

  private final TvuReceiver receiver;
  private final LongSupplier clockNs;
  private final PrintWriter messages;
  private final Consumer<BackendReport> changes;
  private final RateSampler rates;
  private final BackendWatch backend;
  private long lineNs;
  private long received;
  private long receivedBytes;
  private Map<String, Long> lost = Map.of();

  /// @param clockNs monotonic nanoseconds
  /// @param changes hears of every backend that comes into use, the first one included
  public TvuWatch(
      TvuReceiver receiver,
      LongSupplier clockNs,
      PrintWriter messages,
      Consumer<BackendReport> changes) {
    this.receiver = receiver;
    this.clockNs = clockNs;
    this.messages = messages;
    this.changes = changes;
    rates = new RateSampler(receiver.engine().counters(), clockNs);
    backend = new BackendWatch(receiver.engine()::report);
    lineNs = clockNs.getAsLong();
  }

  /// All that is true now. Any thread.
  public EngineStatus status() {
    return EngineStatus.of(receiver.engine(), rates);
  }

  /// Says what receives where, and why nothing better does.
  public void announce() {
    EngineStatus status = status();
    changes.accept(status.backend());
    messages.print(TvuText.start(status));
    messages.flush();
  }

  /// Does what is due; to be called once a second.
  public void tick() {
    boolean _ = rates.sample();
    backend
        .change()
        .ifPresent(
            report -> {
              changes.accept(report);
              print(TvuText.change(report));
            });
    long nowNs = clockNs.getAsLong();
    if (nowNs - lineNs >= LINE_NS) {
      rateLine((nowNs - lineNs) / 1e9);
      lineNs = nowNs;
    }
  }

  private void rateLine(double seconds) {
    TrafficCounters counters = receiver.engine().counters();
    long receivedNow = counters.received();
    long bytesNow = counters.receivedBytes();
    Map<String, Long> lostNow = lost();
    var since = new LinkedHashMap<String, Long>();
    lostNow.forEach(
        (name, count) -> {
          long more = count - lost.getOrDefault(name, 0L);
          if (more > 0) {
            since.put(name, more);
          }
        });
    print(
        "TVU %.0f packets/s, %.1f Mbit/s, dropped %s in %.0f s, blocks complete %d"
            .formatted(
                (receivedNow - received) / seconds,
                (bytesNow - receivedBytes) * Byte.SIZE / 1e6 / seconds,
                TvuText.counted(since),
                seconds,
                receiver.finishedBlocks()));
    received = receivedNow;
    receivedBytes = bytesNow;
    lost = lostNow;
  }

  /// What was lost, here or before; what was refused as no shred is no loss.
  private Map<String, Long> lost() {
    var all = new LinkedHashMap<>(TvuText.named(receiver.engine().counters().drops()));
    for (ShedReason reason : ShedReason.values()) {
      all.put(reason.label(), receiver.counters().shedCount(reason));
    }
    return all;
  }

  /// The last words: where every datagram went.
  public void printAccounts() {
    messages.print(TvuText.accounts(receiver));
    messages.flush();
  }

  private void print(String line) {
    messages.println(line);
    messages.flush();
  }
}
