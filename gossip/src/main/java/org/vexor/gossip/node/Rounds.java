package org.vexor.gossip.node;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.filter.CrdsFilter;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.ping.Peer;
import org.vexor.gossip.pull.PullFilters;
import org.vexor.gossip.push.ActiveSet;
import org.vexor.gossip.table.CrdsEntry;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.Stakes;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.solana.random.ChaCha;
import org.vexor.solana.random.Uniform;
import org.vexor.solana.random.WeightedIndex;

/// What a node does by itself: pushes news, asks for what it lacks, changes whom it pushes to.
final class Rounds {
  private static final int MAXIMUM_SENDS = 4096;
  private static final long NEWS_WINDOW_MS = 30_000;
  private static final int GROWTH_DIVISOR = 10;

  private final Pubkey self;
  private final GossipOptions options;
  private final CrdsTable table;
  private final Contacts contacts;
  private final ActiveSet activeSet;
  private final PullFilters filters;
  private final Outbox outbox;
  private final GossipCounters counters;
  private final ChaCha random;
  private final ArrayDeque<CrdsEntry> news = new ArrayDeque<>();
  private List<Peer> peers = List.of();
  private int peersAtRotation;
  private final Set<Endpoint> told = new HashSet<>();
  private boolean introduced;

  Rounds(Shared shared, PullFilters filters, ChaCha random) {
    this.self = shared.signer().publicKey();
    this.options = shared.options();
    this.table = shared.table();
    this.contacts = shared.contacts();
    this.activeSet = shared.activeSet();
    this.filters = filters;
    this.outbox = shared.outbox();
    this.counters = shared.counters();
    this.random = random;
  }

  /// Something to tell others.
  void news(CrdsEntry entry) {
    if (news.size() >= options.pushQueue()) {
      news.removeFirst();
      counters.count(GossipCount.PUSH_QUEUE_FULL);
    }
    news.addLast(entry);
  }

  /// Tells the news, each to the peers of its class, within a bound of sends.
  void push(long nowMs) {
    Map<Pubkey, List<CrdsValue>> byPeer = new LinkedHashMap<>();
    int sends = 0;
    while (!news.isEmpty() && sends < MAXIMUM_SENDS) {
      CrdsValue value = news.removeFirst().value();
      boolean isNews =
          Math.abs(nowMs - value.data().wallclockMs()) <= NEWS_WINDOW_MS && table.isHere(value);
      if (isNews) {
        for (Pubkey peer : activeSet.peersFor(value.data().owner(), table.stakes())) {
          byPeer.computeIfAbsent(peer, key -> new ArrayList<>()).add(value);
          sends++;
        }
      }
    }
    byPeer.forEach(
        (peer, values) -> contacts.address(peer, nowMs).ifPresent(to -> outbox.push(values, to)));
  }

  /// Asks for a part of what we lack: each filter goes to one peer, drawn by weight. Who knows
  /// nobody asks the entrypoints for everything; one that has not told us who it is is asked as
  /// long as it has not.
  void pull(CrdsValue caller, long nowMs) {
    contacts.retry(nowMs);
    peers = contacts.verified(nowMs);
    List<CrdsFilter> round = filters.round(caller.length());
    for (Endpoint entrypoint : options.entrypoints()) {
      boolean isMissing = table.ownerOfGossip(entrypoint).isEmpty();
      if (peers.isEmpty()) {
        round.forEach(filter -> request(filter, caller, entrypoint));
      } else if (isMissing) {
        request(round.getFirst(), caller, entrypoint);
      }
    }
    if (!peers.isEmpty()) {
      WeightedIndex weights = weights();
      for (CrdsFilter filter : round) {
        request(filter, caller, peers.get(weights.sample(random)).address());
      }
    }
    keepUp();
    introduce(caller, nowMs);
  }

  /// Entrypoints hear from us at each refresh, whoever is in the active set: a newcomer that nobody
  /// knows is not pulled from, and in a large cluster its dozen peers may be slow to pass it on.
  /// When the first peers come into the active set, what we said at the start is said again.
  private void introduce(CrdsValue self, long nowMs) {
    for (Endpoint entrypoint : options.entrypoints()) {
      boolean isVerified =
          table
              .ownerOfGossip(entrypoint)
              .flatMap(owner -> contacts.address(owner, nowMs))
              .filter(entrypoint::equals)
              .isPresent();
      if (isVerified && told.add(entrypoint)) {
        outbox.push(List.of(self), entrypoint);
      }
    }
    if (!introduced && !activeSet.peersFor(this.self, table.stakes()).isEmpty()) {
      introduced = true;
      table.entry(self.label()).ifPresent(this::news);
    }
  }

  /// While we get to know more and more nodes, those of the first second would stay for minutes in
  /// the active set, everybody's news would go to them, and nobody's to those who came later. So it
  /// changes with each tenth that we know more.
  private void keepUp() {
    if (!activeSet.isFilled()) {
      rotate();
    }
    while (peers.size() > peersAtRotation + peersAtRotation / GROWTH_DIVISOR) {
      peersAtRotation += Math.max(1, peersAtRotation / GROWTH_DIVISOR);
      rotate();
    }
  }

  /// Peers of a class like ours are likelier to have what we lack.
  private WeightedIndex weights() {
    Stakes stakes = table.stakes();
    long own = stakes.lamports(self);
    long[] weights = new long[peers.size()];
    for (int i = 0; i < weights.length; i++) {
      long bucket = Stakes.bucket(Math.min(own, stakes.lamports(peers.get(i).identity())));
      weights[i] = (bucket + 1) * (bucket + 1);
    }
    return WeightedIndex.of(weights);
  }

  private void request(CrdsFilter filter, CrdsValue caller, Endpoint to) {
    boolean isSelf = to.equals(options.gossip());
    if (!isSelf) {
      outbox.pullRequest(new GossipMessage.PullRequest(filter, caller), to);
    }
  }

  /// We say anew who we are, and change whom we push to.
  void refresh() {
    told.clear();
    rotate();
  }

  private void rotate() {
    activeSet.rotate(peers.stream().map(Peer::identity).toList(), table.stakes());
  }

  /// How many nodes can be sent to, as of the last round.
  int peerCount() {
    return peers.size();
  }

  /// A time within `periodMs`, so that nodes that start together do not act together.
  long phase(long periodMs) {
    return Uniform.single(random, periodMs);
  }
}
