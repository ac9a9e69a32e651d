package org.vexor.gossip.node;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.CrdsValue;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.ping.Peer;
import org.vexor.gossip.ping.PingCache;
import org.vexor.gossip.table.CrdsTable;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Hash;
import org.vexor.solana.Pubkey;

/// Whom we know, and whether they are where they say. Sends the pings.
final class Contacts {
  /// Contact infos that wait for an answer; the oldest go first.
  private static final int MAXIMUM_WAITING = 8192;

  /// A ping or its answer may be lost. More pings would be more bytes than the contact info had
  /// that made us send them, whoever lives at its address.
  private static final int MAXIMUM_RETRIES = 2;

  private final Pubkey self;
  private final CrdsTable table;
  private final PingCache pings;
  private final Outbox outbox;
  private final Map<Peer, Waiting> waiting =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Peer, Waiting> eldest) {
          return size() > MAXIMUM_WAITING;
        }
      };

  Contacts(Pubkey self, CrdsTable table, PingCache pings, Outbox outbox) {
    this.self = self;
    this.table = table;
    this.pings = pings;
    this.outbox = outbox;
  }

  /// Whether the contact's gossip address answered. If not it is asked, and the value kept until it
  /// does.
  boolean isReachable(CrdsValue value, ContactInfo info, long nowMs) {
    Optional<Endpoint> gossip = info.socket(SocketKey.GOSSIP);
    if (gossip.isEmpty()) {
      return false;
    }
    var peer = new Peer(info.owner(), gossip.get());
    if (isVerified(peer, nowMs)) {
      return true;
    }
    waiting.put(peer, new Waiting(value, MAXIMUM_RETRIES));
    return false;
  }

  /// Whether the peer answered a ping; sends one if it is due.
  boolean isVerified(Peer peer, long nowMs) {
    if (pings.isFresh(peer, nowMs)) {
      return true;
    }
    pings.ask(peer, nowMs).ifPresent(token -> outbox.ping(token, peer.address()));
    return pings.isVerified(peer, nowMs);
  }

  /// Asks those again who did not answer, and forgets who never does. Twice a second.
  void retry(long nowMs) {
    waiting
        .entrySet()
        .removeIf(
            entry -> {
              Optional<Hash> token = pings.ask(entry.getKey(), nowMs);
              Waiting before = entry.getValue();
              if (token.isEmpty() || before.retries() == 0) {
                return token.isPresent();
              }
              outbox.ping(token.get(), entry.getKey().address());
              entry.setValue(new Waiting(before.value(), before.retries() - 1));
              return false;
            });
  }

  /// Takes an answer, and gives the contact info that waited for it.
  ///
  /// @return empty when nothing waited
  Optional<CrdsValue> answered(Peer peer) {
    return Optional.ofNullable(waiting.remove(peer)).map(Waiting::value);
  }

  /// Everybody that may be sent to, one for each address.
  List<Peer> verified(long nowMs) {
    var peers = new ArrayList<Peer>(table.contactCount());
    table.forEachContact(
        entry -> {
          if (entry.value().data() instanceof ContactInfo info && !info.owner().equals(self)) {
            info.socket(SocketKey.GOSSIP)
                .map(gossip -> new Peer(info.owner(), gossip))
                .filter(peer -> isVerified(peer, nowMs) && isItsAddress(peer))
                .ifPresent(peers::add);
          }
        });
    return peers;
  }

  private boolean isItsAddress(Peer peer) {
    return table.ownerOfGossip(peer.address()).filter(peer.identity()::equals).isPresent();
  }

  /// Where a peer of the active set is now; empty when it may not be sent to.
  Optional<Endpoint> address(Pubkey identity, long nowMs) {
    return table
        .contact(identity)
        .flatMap(info -> info.socket(SocketKey.GOSSIP))
        .filter(gossip -> pings.isVerified(new Peer(identity, gossip), nowMs));
  }

  private record Waiting(CrdsValue value, int retries) {}
}
