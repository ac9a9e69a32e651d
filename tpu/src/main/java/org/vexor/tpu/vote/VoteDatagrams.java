package org.vexor.tpu.vote;

import java.net.InetSocketAddress;

/// Sends votes by UDP. On the thread of its [VoteSender]; must not block.
@FunctionalInterface
public interface VoteDatagrams {
  /// One datagram.
  ///
  /// @return false when it cannot be sent now
  boolean send(byte[] transaction, InetSocketAddress to);
}
