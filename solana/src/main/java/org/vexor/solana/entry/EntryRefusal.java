package org.vexor.solana.entry;

/// Why bytes are not an entry batch.
public enum EntryRefusal {
  /// Not refused.
  NONE,
  /// The bytes end before the batch does.
  TRUNCATED,
  /// The batch claims more entries, or an entry more transactions, than its bytes can hold.
  COUNT_BEYOND_BYTES,
  /// A transaction has not the shape of one; [EntryBatchReader#transactionRefusal] says why.
  TRANSACTION,
  /// A block marker of a version other than 1.
  MARKER_VERSION,
  /// A block marker whose payload does not hold its fields.
  MARKER_PAYLOAD
}
