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

  /// As a record has it; written out since the generated one costs several times as much.
  @Override
  public boolean equals(Object other) {
    return other instanceof Peer that
        && address.low() == that.address.low()
        && address.port() == that.address.port()
        && address.high() == that.address.high()
        && identity.equals(that.identity);
  }

  @Override
  public int hashCode() {
    return 31 * identity.hashCode()
        + Long.hashCode(address.high() ^ address.low() + address.port());
  }

  @Override
  public int compareTo(Peer other) {
    return ORDER.compare(this, other);
  }
}
