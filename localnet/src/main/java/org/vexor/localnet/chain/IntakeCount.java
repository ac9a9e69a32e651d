package org.vexor.localnet.chain;

/// What became of transactions that reached a leader.
public enum IntakeCount {
  /// Put into a block.
  INCLUDED,
  /// In a block, or waiting, already: it came to two leaders, or was sent again.
  DUPLICATE,
  /// Not a transaction.
  MALFORMED,
  /// A signature is wrong.
  BAD_SIGNATURE,
  /// Its blockhash is none of the last 150.
  OLD_BLOCKHASH,
  /// No room in the leader's pool.
  POOL_FULL
}
