package org.vexor.node.proxy;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.vexor.masque.http.FlowCounters;
import org.vexor.masque.http.FlowDrop;
import org.vexor.masque.http.HttpVersion;
import org.vexor.masque.proxy.MasqueProxy;
import org.vexor.masque.proxy.outbound.LoopSockets;
import org.vexor.masque.proxy.request.RefusalReason;
import org.vexor.masque.proxy.request.Wanted.Transport;
import org.vexor.masque.proxy.tunnel.ProxyCounters;
import org.vexor.masque.proxy.tunnel.TunnelDrop;
import org.vexor.packet.DropReason;
import org.vexor.quic.CloseReason;

/// The counts of a proxy by name. Any thread.
public final class ProxyFigures {
  private ProxyFigures() {}

  /// All that is counted; those that can also fall end in `_now`. Reasons that never occurred are
  /// left out.
  public static Map<String, Number> of(MasqueProxy proxy) {
    var figures = new LinkedHashMap<String, Number>();
    ProxyCounters counters = proxy.counters();
    for (HttpVersion version : HttpVersion.values()) {
      figures.put("requests_" + word(version), counters.requests(version));
    }
    for (Transport transport : Transport.values()) {
      figures.put("tunnels_" + word(transport), counters.granted(transport));
      figures.put("tunnels_" + word(transport) + "_now", counters.open(transport));
    }
    figures.put("clients_now", proxy.gate().ledger().clients());
    figures.put("connections_http3_now", proxy.connections());
    proxy
        .quic()
        .ifPresent(
            quic ->
                some(
                    figures,
                    "clients_http3_lost",
                    quic.counters().ended(CloseReason.Kind.PEER_GONE)));
    proxy
        .streams()
        .ifPresent(
            tcp -> {
              figures.put("connections_tcp_now", tcp.connections());
              some(figures, "connections_tcp_refused", tcp.refusedConnections());
              some(figures, "handshakes_tcp_failed", tcp.failedHandshakes());
            });
    figures.put("udp_sockets_now", proxy.sockets().openSockets());
    for (RefusalReason reason : RefusalReason.values()) {
      some(figures, "refused_" + reason.word(), counters.refused(reason));
    }
    figures.put("requests_abandoned", counters.abandonedRequests());
    figures.put("tunnels_ended_by_target", counters.endedByTarget());
    figures.put("tunnels_ended_idle", counters.endedAsIdle());
    datagrams(figures, proxy);
    figures.put("tcp_bytes_to_targets", counters.tcpBytesToTargets());
    figures.put("tcp_bytes_to_clients", counters.tcpBytesToClients());
    return figures;
  }

  private static void datagrams(Map<String, Number> figures, MasqueProxy proxy) {
    long fromClients = 0;
    long fromClientsBytes = 0;
    long toClients = 0;
    long toClientsBytes = 0;
    long capsules = 0;
    for (FlowCounters flows : proxy.sockets().flows()) {
      fromClients += flows.received();
      fromClientsBytes += flows.receivedBytes();
      toClients += flows.sent();
      toClientsBytes += flows.sentBytes();
      capsules += flows.capsulesSent();
    }
    figures.put("datagrams_from_clients", fromClients);
    figures.put("bytes_from_clients", fromClientsBytes);
    figures.put("datagrams_to_clients", toClients);
    figures.put("bytes_to_clients", toClientsBytes);
    figures.put("capsules_to_clients", capsules);
    long toTargets = 0;
    long fromTargets = 0;
    for (LoopSockets sockets : proxy.sockets().all()) {
      toTargets += sockets.sockets().counters().sent();
      fromTargets += sockets.sockets().counters().received();
    }
    figures.put("datagrams_to_targets", toTargets);
    figures.put("datagrams_from_targets", fromTargets);
    for (TunnelDrop reason : TunnelDrop.values()) {
      some(figures, "dropped_" + reason.word(), proxy.counters().dropped(reason));
    }
    for (FlowDrop reason : FlowDrop.values()) {
      long lost = proxy.sockets().flows().stream().mapToLong(each -> each.total(reason)).sum();
      some(figures, "dropped_client_" + word(reason), lost);
    }
    for (DropReason reason : DropReason.values()) {
      long lost =
          proxy.sockets().all().stream()
              .mapToLong(each -> each.sockets().counters().dropped(reason))
              .sum();
      some(figures, "dropped_target_" + word(reason), lost);
    }
    some(figures, "dropped_between_loops", proxy.sockets().handOverDrops());
  }

  private static void some(Map<String, Number> figures, String name, long count) {
    if (count > 0) {
      figures.put(name, count);
    }
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
