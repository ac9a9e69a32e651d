package org.vexor.tpu.send;

import java.util.Collection;
import org.vexor.solana.Signature;

/// Sends transactions until they have landed or are too old. Any thread.
public interface TransactionSender extends AutoCloseable {
  /// The largest transaction there is, of version 1 (SIMD-0385); others have at most 1,232 bytes.
  int MAX_TRANSACTION_BYTES = 4_096;

  /// Takes a transaction, or says why not. What follows is told to the listener.
  Submission submit(SendRequest request);

  /// Says that it was seen in a block: it is not sent again.
  ///
  /// @return false when it is not under way
  boolean landed(Signature signature);

  /// Says that it is not wanted any more.
  ///
  /// @return false when it is not under way
  boolean cancel(Signature signature);

  /// Says that it has become too old to land, before its last valid slot told so.
  ///
  /// @return false when it is not under way
  boolean expire(Signature signature);

  /// Says which slot it is, so that what is too old is dropped; lower ones than before are ignored.
  void slot(long slot);

  /// Opens connections ahead, for leaders whose turn comes soon; those that are open stay so.
  void warm(Collection<TpuTarget> targets);

  /// Whether a connection to this target is open, so that what is sent now need not wait for one.
  boolean isConnected(TpuTarget target);

  /// Transactions under way.
  int pending();

  /// Ends all that is under way, and its connections.
  @Override
  void close();
}
