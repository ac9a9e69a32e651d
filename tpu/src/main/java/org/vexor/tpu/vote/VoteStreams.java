package org.vexor.tpu.vote;

import java.net.InetSocketAddress;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Sends votes by QUIC. On the thread of its [VoteSender]; must not block.
@FunctionalInterface
public interface VoteStreams {
  /// For who does not: servers take votes by QUIC from staked clients only.
  VoteStreams NONE = (signature, transaction, identity, to) -> false;

  /// One stream.
  ///
  /// @return false when it is not even taken for sending
  boolean send(Signature signature, byte[] transaction, Pubkey identity, InetSocketAddress to);
}
