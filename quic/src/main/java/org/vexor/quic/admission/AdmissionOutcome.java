package org.vexor.quic.admission;

/// What became of the Initials of strangers. Counted by [AdmissionControl#count].
public enum AdmissionOutcome {
  ADMITTED,
  ESTABLISHED,
  RETRY_SENT,
  TOKEN_MALFORMED,

  /// Made up, changed, of another server, or sent from another address than it was minted for.
  TOKEN_NOT_OURS,
  TOKEN_EXPIRED,
  TOKEN_REPLAYED,

  /// A genuine token was refused as no more used ones can be remembered.
  TOKEN_MEMORY_FULL,
  TOO_MANY_CONNECTIONS,
  TOO_MANY_CONNECTIONS_OF_ADDRESS,
  TOO_MANY_HANDSHAKES,
  TOO_MANY_HANDSHAKES_OF_ADDRESS,

  /// More handshakes than are begun in a second, or with one address in a minute.
  TOO_OFTEN,
  HANDSHAKE_TIMED_OUT,
  HANDSHAKE_FAILED
}
