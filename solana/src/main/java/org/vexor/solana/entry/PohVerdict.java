package org.vexor.solana.entry;

/// What a [PohVerifier] can say of an entry's hash.
public enum PohVerdict {
  /// The hash follows from the entry before.
  VALID,
  /// It does not, or the entry claims more hashes than allowed.
  INVALID,
  /// The hash before is not known, so nothing can be said; the chain goes on from this entry's
  /// hash.
  UNKNOWN_START
}
