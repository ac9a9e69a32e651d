package org.vexor.gossip.ping;

import java.util.Comparator;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// An identity at an address.
public record Peer(Pubkey identity, Endpoint address) implements Comparable<Peer> {
  private static final Comparator<Peer> ORDER =
      Comparator.comparing(Peer::identity)
          .thenComparingLong(peer -> peer.address.high())
          .thenComparingLong(peer -> peer.address.low())
          .thenComparingInt(peer -> peer.address.port());

  @Override
  public int compareTo(Peer other) {
    return ORDER.compare(this, other);
  }
}
