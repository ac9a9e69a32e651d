package org.vexor.node.metrics;

import java.util.Map;
import org.vexor.gossip.node.GossipNode;

/// Who is known by gossip, and what its datagrams and values came to.
final class GossipMetrics implements MetricsSource {
  private final GossipNode node;

  GossipMetrics(GossipNode node) {
    this.node = node;
  }

  @Override
  public void write(Exposition out) {
    String peers = "vexor_gossip_peers";
    out.gauge(peers, "nodes of the cluster that are known")
        .sample(peers, node.contacts().size(), Map.of());
    String events = "vexor_gossip_events_total";
    out.counter(events, "what gossip counts, by name");
    node.counters().all().forEach((name, count) -> out.sample(events, count, Map.of("name", name)));
  }
}
