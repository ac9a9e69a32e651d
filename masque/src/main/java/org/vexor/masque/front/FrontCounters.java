package org.vexor.masque.front;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/// What a front moved and did not. Any thread.
public final class FrontCounters {
  final LongAdder tunnelsOpened = new LongAdder();
  final LongAdder tunnelsClosed = new LongAdder();
  final LongAdder tunnelsRefused = new LongAdder();
  final LongAdder payloadsOut = new LongAdder();
  final LongAdder payloadsIn = new LongAdder();
  final LongAdder droppedOut = new LongAdder();
  final LongAdder droppedIn = new LongAdder();
  final LongAdder malformed = new LongAdder();
  final LongAdder strangers = new LongAdder();
  final LongAdder connectionsOpened = new LongAdder();
  final LongAdder connectionsClosed = new LongAdder();
  final LongAdder connectionsRefused = new LongAdder();
  final LongAdder logInsRefused = new LongAdder();
  final LongAdder requestsFailed = new LongAdder();

  FrontCounters() {}

  /// Tunnels that are open now.
  public long tunnels() {
    return tunnelsOpened.sum() - tunnelsClosed.sum();
  }

  /// Payloads of local programs that were handed to a tunnel.
  public long payloadsOut() {
    return payloadsOut.sum();
  }

  /// Payloads handed to local programs.
  public long payloadsIn() {
    return payloadsIn.sum();
  }

  /// Payloads of local programs that were dropped as there could be no further tunnel.
  public long tunnelsRefused() {
    return tunnelsRefused.sum();
  }

  /// All counts by name; those that can also fall end in `_now`.
  public Map<String, Number> figures() {
    var figures = new LinkedHashMap<String, Number>();
    figures.put("tunnels_opened", tunnelsOpened.sum());
    figures.put("tunnels_now", tunnels());
    figures.put("payloads_out", payloadsOut.sum());
    figures.put("payloads_in", payloadsIn.sum());
    figures.put("dropped_no_tunnel_left", tunnelsRefused.sum());
    figures.put("dropped_out", droppedOut.sum());
    figures.put("dropped_in", droppedIn.sum());
    some(figures, "dropped_malformed", malformed);
    some(figures, "dropped_stranger", strangers);
    if (connectionsOpened.sum() > 0 || connectionsRefused.sum() > 0) {
      figures.put("connections_opened", connectionsOpened.sum());
      figures.put("connections_now", connectionsOpened.sum() - connectionsClosed.sum());
      some(figures, "connections_refused", connectionsRefused);
      some(figures, "log_ins_refused", logInsRefused);
      some(figures, "requests_failed", requestsFailed);
    }
    return Collections.unmodifiableMap(figures);
  }

  private static void some(Map<String, Number> figures, String name, LongAdder count) {
    if (count.sum() > 0) {
      figures.put(name, count.sum());
    }
  }
}
