package org.vexor.quic.admission;

/// What a token that came with an Initial is.
enum TokenVerdict {
  GENUINE,

  /// Not of the form we mint.
  MALFORMED,

  /// Its authentication code is wrong: made up, changed, minted with another key, or sent from
  /// another address or port than the one it was minted for.
  NOT_OURS,

  EXPIRED
}
