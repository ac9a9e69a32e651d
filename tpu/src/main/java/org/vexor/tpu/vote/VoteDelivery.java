package org.vexor.tpu.vote;

import java.net.InetSocketAddress;
import org.vexor.solana.Pubkey;

/// One way a vote went out.
///
/// @param leader to whom
/// @param slot for which that leader was wanted
/// @param taken false when the port or the queue had no room
public record VoteDelivery(
    Pubkey leader, long slot, Way way, InetSocketAddress address, boolean taken) {
  /// How it was sent.
  public enum Way {
    /// A datagram to `tpu_vote`.
    UDP,
    /// A stream to `tpu_vote_quic`.
    QUIC
  }
}
