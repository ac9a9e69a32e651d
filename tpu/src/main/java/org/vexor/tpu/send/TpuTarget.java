package org.vexor.tpu.send;

import java.net.InetSocketAddress;
import org.vexor.solana.Pubkey;

/// The door of a leader.
///
/// @param identity who must be behind it
/// @param address of its QUIC port for transactions (gossip's `tpu_quic`, or `tpu_vote_quic` for
///   votes); resolved
public record TpuTarget(Pubkey identity, InetSocketAddress address) {
  public TpuTarget {
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "host name " + address.getHostString() + " is not resolved");
    }
  }

  @Override
  public String toString() {
    return identity + "@" + address.getAddress().getHostAddress() + ":" + address.getPort();
  }
}
