package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.message.GossipMessage;
import org.vexor.gossip.message.MessageWriter;
import org.vexor.gossip.message.Ping;
import org.vexor.gossip.message.Pong;
import org.vexor.gossip.message.PruneData;
import org.vexor.gossip.ping.Peer;
import org.vexor.gossip.ping.PingCache;
import org.vexor.gossip.pull.PullServer;
import org.vexor.gossip.push.ActiveSet;
import org.vexor.gossip.push.ReceivedCache;
import org.vexor.gossip.signature.GossipSigner;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.gossip.table.InsertOutcome;
import org.vexor.gossip.table.Route;
import org.vexor.gossip.verify.Verified;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// What a node does about a message whose signatures were checked.
final class Protocol {
  /// Firedancer's; Agave says 500 ms, which clocks that are not quite equal exceed.
  private static final long PRUNE_WINDOW_MS = 1000;

  private final GossipSigner signer;
  private final int shredVersion;
  private final CrdsTable table;
  private final Contacts contacts;
  private final PingCache pings;
  private final ActiveSet activeSet;
  private final ReceivedCache received;
  private final PullServer pullServer;
  private final PullBudget pullBudget;
  private final Outbox outbox;
  private final GossipCounters counters;
  private final BiConsumer<CrdsValue, InsertOutcome> refusals;
  private final Set<Pubkey> pushedOrigins = new LinkedHashSet<>();

  /// @param pullBudget how much may be answered; its owner lets time pass
  /// @param refusals hears of values that the table did not take
  Protocol(
      Shared shared,
      PullServer pullServer,
      PullBudget pullBudget,
      BiConsumer<CrdsValue, InsertOutcome> refusals) {
    this.signer = shared.signer();
    this.shredVersion = shared.options().shredVersion();
    this.table = shared.table();
    this.contacts = shared.contacts();
    this.pings = shared.pings();
    this.activeSet = shared.activeSet();
    this.received = shared.received();
    this.pullServer = pullServer;
    this.pullBudget = pullBudget;
    this.outbox = shared.outbox();
    this.counters = shared.counters();
    this.refusals = refusals;
  }

  void onVerified(Verified verified, long nowMs) {
    Endpoint source = verified.checked().source();
    if (!verified.isSigned()) {
      return;
    }
    switch (verified.checked().message()) {
      case GossipMessage.PullRequest request -> onPullRequest(request, source, nowMs);
      case GossipMessage.PullResponse response -> {
        verified.good().forEach(value -> insert(value, Route.PULL_RESPONSE, nowMs));
        table.touch(response.from(), nowMs);
      }
      case GossipMessage.Push push -> onPush(push.from(), verified.good(), nowMs);
      case GossipMessage.Prune prune -> onPrune(prune.data(), nowMs);
      case Ping ping -> outbox.pong(ping, source);
      case Pong pong -> onPong(pong, source, nowMs);
    }
  }

  private void onPullRequest(GossipMessage.PullRequest request, Endpoint source, long nowMs) {
    boolean isServed =
        request.caller().data() instanceof ContactInfo info
            && info.shredVersion() == shredVersion
            && Math.abs(nowMs - info.wallclockMs()) <= PullServer.CALLER_WINDOW_MS
            && request.filter().isServed();
    if (!isServed) {
      counters.count(GossipCount.CALLERS_REFUSED);
      return;
    }
    Pubkey caller = request.from();
    if (!contacts.isVerified(new Peer(caller, source), nowMs)) {
      counters.count(GossipCount.CALLERS_UNVERIFIED);
      return;
    }
    insert(request.caller(), Route.PULL_REQUEST, nowMs);
    table.touch(caller, nowMs);
    int budgetBytes = pullBudget.available(caller, nowMs);
    if (budgetBytes < MessageWriter.VALUES_BYTES) {
      counters.count(GossipCount.PULL_BUDGET_EMPTY);
      return;
    }
    List<CrdsValue> missing =
        pullServer.missing(request.filter(), request.caller().data().wallclockMs(), budgetBytes);
    pullBudget.spend(caller, missing.stream().mapToInt(CrdsValue::length).sum(), nowMs);
    outbox.pullResponse(missing, source);
  }

  private void onPush(Pubkey from, List<CrdsValue> values, long nowMs) {
    for (CrdsValue value : values) {
      InsertOutcome outcome = insert(value, Route.PUSH, nowMs);
      Pubkey origin = value.data().owner();
      switch (outcome) {
        case INSERTED, REPLACED -> received.record(origin, from, 0);
        case DUPLICATE ->
            table
                .entry(value.label())
                .ifPresent(entry -> received.record(origin, from, entry.countDuplicate()));
        case OUTDATED -> received.record(origin, from, ReceivedCache.NOT_TIMELY);
        default -> {}
      }
      if (outcome.isTaken()) {
        pushedOrigins.add(origin);
      }
    }
    table.touch(from, nowMs);
  }

  /// Inserts, unless it is the contact info of a node that has not answered.
  private InsertOutcome insert(CrdsValue value, Route route, long nowMs) {
    boolean isForeign = !value.data().owner().equals(signer.publicKey());
    if (isForeign
        && value.data() instanceof ContactInfo info
        && info.shredVersion() == shredVersion
        && !info.hasIpv6()
        && !contacts.isReachable(value, info, nowMs)) {
      counters.count(GossipCount.CONTACTS_UNVERIFIED);
      return InsertOutcome.UNREACHABLE;
    }
    InsertOutcome outcome = table.insert(value, route, nowMs);
    counters.outcome(outcome);
    if (!outcome.isTaken()) {
      refusals.accept(value, outcome);
    }
    return outcome;
  }

  private void onPrune(PruneData prune, long nowMs) {
    if (!prune.destination().equals(signer.publicKey())
        || prune.wallclockMs() < nowMs - PRUNE_WINDOW_MS) {
      counters.count(GossipCount.PRUNES_REFUSED);
      return;
    }
    activeSet.prune(prune.owner(), prune.origins(), table.stakes());
  }

  private void onPong(Pong pong, Endpoint source, long nowMs) {
    var peer = new Peer(pong.from(), source);
    if (!pings.answered(peer, pong.hash(), nowMs)) {
      counters.count(GossipCount.PONGS_UNEXPECTED);
      return;
    }
    contacts.answered(peer).ifPresent(value -> insert(value, Route.PULL_RESPONSE, nowMs));
  }

  /// Asks those who bring news late to stop; after each batch of messages.
  void prune(long nowMs) {
    Map<Pubkey, List<Pubkey>> byPeer = new LinkedHashMap<>();
    for (Pubkey origin : pushedOrigins) {
      for (Pubkey peer : received.superfluous(origin, table.stakes())) {
        byPeer.computeIfAbsent(peer, key -> new ArrayList<>()).add(origin);
      }
    }
    pushedOrigins.clear();
    byPeer.forEach(
        (peer, origins) ->
            contacts.address(peer, nowMs).ifPresent(to -> prune(peer, origins, to, nowMs)));
  }

  private void prune(Pubkey peer, List<Pubkey> origins, Endpoint to, long nowMs) {
    for (int first = 0; first < origins.size(); first += PruneData.MAXIMUM_ORIGINS) {
      int last = Math.min(origins.size(), first + PruneData.MAXIMUM_ORIGINS);
      PruneData data = PruneData.sign(signer, origins.subList(first, last), peer, nowMs);
      outbox.prune(new GossipMessage.Prune(data), to);
    }
  }
}
