package org.vexor.solana.codec;

/// Why a [WireReader] or [WireWriter] stopped.
public enum WireFailure {
  /// Nothing failed.
  NONE,
  /// The value lies beyond the end of the wrapped range.
  PAST_END,
  /// A ShortVec length or a varint is not in its shortest form, which would let one value have two
  /// encodings.
  NOT_CANONICAL,
  /// A ShortVec length or a varint does not fit its type.
  TOO_LARGE,
  /// A collection claims more elements than the caller allows or than the remaining bytes can hold.
  LENGTH_BEYOND_BOUND,
  /// An option tag is neither 0 nor 1.
  BAD_OPTION_TAG,
  /// Bytes remain after a value that must end its range.
  TRAILING_BYTES,
  /// The caller's own rule; set by [WireReader#fail].
  REJECTED
}
