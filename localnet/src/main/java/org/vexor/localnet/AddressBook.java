package org.vexor.localnet;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.GossipListener;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// Where one node believes the others to be: what it heard of them by gossip, and nothing else.
/// Written by the thread of gossip; any thread reads.
final class AddressBook implements GossipListener {
  private final int self;
  private final Map<Pubkey, Integer> numbers;
  private final AtomicReferenceArray<@Nullable Known> known;

  /// The address of shreds is asked for with every shred.
  private record Known(ContactInfo contact, Optional<Endpoint> tvu) {}

  /// @param self number of the node whose book it is
  /// @param numbers of all members, by identity; strangers are not written down
  AddressBook(int self, Map<Pubkey, Integer> numbers) {
    this.self = self;
    this.numbers = numbers;
    known = new AtomicReferenceArray<>(numbers.size());
  }

  @Override
  public void contact(ContactInfo contact) {
    Integer number = numbers.get(contact.owner());
    if (number != null && number != self) {
      known.setRelease(number, new Known(contact, contact.socket(SocketKey.TVU)));
    }
  }

  @Override
  public void contactLost(Pubkey identity) {
    Integer number = numbers.get(identity);
    if (number != null) {
      known.setRelease(number, null);
    }
  }

  /// Where a node receives shreds.
  Optional<Endpoint> tvu(int node) {
    Known there = known.getAcquire(node);
    return there == null ? Optional.empty() : there.tvu();
  }

  /// Where a node serves what `key` names.
  Optional<Endpoint> socket(int node, SocketKey key) {
    return Optional.ofNullable(known.getAcquire(node))
        .flatMap(there -> there.contact().socket(key));
  }

  /// The nodes whose address for shreds is not known.
  List<Integer> missing() {
    return IntStream.range(0, known.length())
        .filter(node -> node != self && tvu(node).isEmpty())
        .boxed()
        .toList();
  }
}
