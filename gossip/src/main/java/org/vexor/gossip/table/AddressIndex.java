package org.vexor.gossip.table;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// Whose a socket is. Of two that claim one, the later claim counts.
final class AddressIndex {
  private final SocketKey key;
  private final Map<Endpoint, Pubkey> owners = new HashMap<>();

  AddressIndex(SocketKey key) {
    this.key = key;
  }

  void add(ContactInfo info) {
    info.socket(key).ifPresent(endpoint -> owners.put(endpoint, info.owner()));
  }

  void remove(ContactInfo info) {
    info.socket(key).ifPresent(endpoint -> owners.remove(endpoint, info.owner()));
  }

  Optional<Pubkey> owner(Endpoint endpoint) {
    return Optional.ofNullable(owners.get(endpoint));
  }
}
