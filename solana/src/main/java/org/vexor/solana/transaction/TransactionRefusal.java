package org.vexor.solana.transaction;

/// Why bytes are not a transaction ([TransactionView#parse]) or one no cluster executes
/// ([TransactionView#sanitize]).
public enum TransactionRefusal {
  /// Not refused.
  NONE,
  /// The bytes end before the transaction does.
  TRUNCATED,
  /// A ShortVec length is not in its shortest form.
  LENGTH_NOT_CANONICAL,
  /// A ShortVec length does not fit 16 bits.
  LENGTH_TOO_LARGE,
  /// The message has a version other than legacy, 0 or 1.
  UNKNOWN_VERSION,
  /// Bytes follow where the transaction must be all there is.
  TRAILING_BYTES,
  /// The serialized size is over the limit of its version: 1232 bytes, or 4096 for version 1.
  TOO_LONG,
  /// The number of signatures is not the number the message requires, or is zero.
  SIGNATURE_COUNT,
  /// More signatures are required, or more accounts declared read-only, than there are accounts.
  TOO_FEW_ACCOUNTS,
  /// Every signer is read-only, so nobody can pay the fee.
  NO_WRITABLE_SIGNER,
  /// More accounts than an index byte, or version 1's limit of 64, can name.
  TOO_MANY_ACCOUNTS,
  /// More instructions than version 1's limit of 64.
  TOO_MANY_INSTRUCTIONS,
  /// An instruction's program is the fee payer, comes from a lookup table, or does not exist.
  PROGRAM_INDEX,
  /// An instruction names an account that does not exist.
  ACCOUNT_INDEX,
  /// A lookup table is named that gives no account.
  EMPTY_LOOKUP,
  /// An account key appears twice.
  DUPLICATE_ACCOUNT,
  /// Version 1's configuration has an unknown bit or only half of the priority fee.
  CONFIG_MASK
}
