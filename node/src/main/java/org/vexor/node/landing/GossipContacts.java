package org.vexor.node.landing;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.KnownContact;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;
import org.vexor.tpu.leader.LeaderContact;
import org.vexor.tpu.leader.LeaderContacts;

/// Leaders' addresses as they tell them by gossip, ports for votes by QUIC among them, which RPC
/// does not tell. Any thread.
public final class GossipContacts implements LeaderContacts {
  private final Supplier<List<KnownContact>> known;
  private volatile Index index = new Index(List.of(), Map.of());

  private record Index(List<KnownContact> of, Map<Pubkey, LeaderContact> byIdentity) {}

  /// @param known the nodes that gossip knows now; the same list object as long as nothing changed
  public GossipContacts(Supplier<List<KnownContact>> known) {
    this.known = known;
  }

  @SuppressWarnings("ReferenceEquality") // another list object, and only that, is a newer state
  @Override
  public Optional<LeaderContact> contact(Pubkey identity) {
    List<KnownContact> now = known.get();
    Index current = index;
    if (current.of() != now) { // two threads may make the same index; either will do
      current = index(now);
      index = current;
    }
    return Optional.ofNullable(current.byIdentity().get(identity));
  }

  private static Index index(List<KnownContact> contacts) {
    Map<Pubkey, LeaderContact> byIdentity = HashMap.newHashMap(contacts.size());
    for (KnownContact contact : contacts) {
      ContactInfo info = contact.info();
      byIdentity.put(
          info.owner(),
          new LeaderContact(
              info.owner(),
              socket(info, SocketKey.TPU_QUIC),
              socket(info, SocketKey.TPU_VOTE),
              socket(info, SocketKey.TPU_VOTE_QUIC)));
    }
    return new Index(contacts, byIdentity);
  }

  private static Optional<InetSocketAddress> socket(ContactInfo info, SocketKey key) {
    return info.socket(key).map(Endpoint::toSocketAddress);
  }
}
