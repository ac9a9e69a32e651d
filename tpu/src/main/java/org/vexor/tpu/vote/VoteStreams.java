package org.vexor.tpu.vote;

import java.net.InetSocketAddress;
import org.vexor.solana.Pubkey;
import org.vexor.solana.Signature;

/// Sends votes by QUIC. On the thread of its [VoteSender]; must not block.
@FunctionalInterface
public interface VoteStreams {
  /// One stream.
  ///
  /// @return false when it is not even taken for sending
  boolean send(Signature signature, byte[] transaction, Pubkey identity, InetSocketAddress to);
}
