package org.vexor.tpu.vote;

import java.util.List;
import org.vexor.solana.Signature;
import org.vexor.tpu.send.TpuTarget;

/// Sends votes by QUIC. On the thread of its [VoteSender]; must not block.
@FunctionalInterface
public interface VoteStreams {
  /// One stream to each target.
  ///
  /// @return false when it is not even taken for sending
  boolean send(Signature signature, byte[] transaction, List<TpuTarget> targets);
}
