package org.vexor.masque.client;

import java.util.Map;
import org.vexor.masque.http.FlowDrop;

/// What became of a tunnel's payloads, at one moment. `offered = sent + queued + dropped`, at rest,
/// of those that were to be sent.
///
/// @param offered given to [UdpTunnel#send]
/// @param sent handed to QUIC or to the stream
/// @param capsulesSent those of `sent` that went as capsules
/// @param received handed to the listener
/// @param queued on their way to the link
/// @param queueFull dropped as the tunnel's queue was full
/// @param notOpen dropped as the tunnel was not open and had as many waiting as it may, or was
///   closed
/// @param flow dropped on the link, by reason
/// @param opened how often the tunnel was opened
public record TunnelCounters(
    long offered,
    long sent,
    long capsulesSent,
    long received,
    long queued,
    long queueFull,
    long notOpen,
    Map<FlowDrop, Long> flow,
    long opened) {
  public TunnelCounters {
    flow = Map.copyOf(flow);
  }

  /// Payloads dropped for any reason, on the way out or in.
  public long dropped() {
    return queueFull + notOpen + flow.values().stream().mapToLong(Long::longValue).sum();
  }
}
