package org.vexor.node.cluster;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.vexor.gossip.node.GossipCounters;
import org.vexor.gossip.node.KnownContact;
import org.vexor.node.status.ComponentSource;
import org.vexor.node.status.ComponentStatus;
import org.vexor.node.status.ComponentStatus.State;

/// The row of gossip: degraded while nobody is known.
public final class GossipRow implements ComponentSource {
  private final Membership membership;

  public GossipRow(Membership membership) {
    this.membership = membership;
  }

  @Override
  public List<ComponentStatus> status() {
    List<KnownContact> contacts = membership.node().contacts();
    long staked = contacts.stream().filter(contact -> contact.stakeLamports() > 0).count();
    State state = State.READY;
    String why = "port " + membership.node().port().localEndpoint();
    String action = "";
    if (!membership.isRunning()) {
      state = State.OFF;
      why = "it ended by a fault, which the log names";
      action = "start the node anew";
    } else if (contacts.isEmpty()) {
      state = State.DEGRADED;
      why += ", no entrypoint answered yet";
      action = "see that UDP passes both ways between this port and the entrypoints";
    }
    String performance =
        "%d peers, %d of them with stake, %d that answer pings"
            .formatted(contacts.size(), staked, membership.node().peerCount());
    return List.of(
        new ComponentStatus("Gossip", state, why, performance, action, figures(contacts, staked)));
  }

  private Map<String, Number> figures(List<KnownContact> contacts, long staked) {
    var figures = new LinkedHashMap<String, Number>();
    GossipCounters counters = membership.node().counters();
    figures.put("peers", contacts.size());
    figures.put("staked_peers", staked);
    figures.putAll(counters.all());
    return figures;
  }
}
