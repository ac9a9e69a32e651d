package org.vexor.tpu.server;

/// What a server counts.
public enum ServerEvent {
  /// Connections with stake that were let in.
  STAKED,

  /// Connections without stake that were let in.
  UNSTAKED,

  /// Turned away with code 4: too many of one identity or address.
  TOO_MANY,

  /// Turned away with code 2: without stake, where such are not served.
  DISALLOWED,

  /// Closed with code 1, as another needed the place.
  EVICTED,

  /// Connections let in that are over, however they ended.
  ENDED,

  /// Transactions given to the receiver.
  RECEIVED,

  /// Streams without a byte; their connection is closed with code 5.
  EMPTY,

  /// Streams with more than a transaction has; their connection is closed with code 5.
  TOO_LARGE,

  /// Streams that the client gave up.
  RESET,

  /// Streams whose rest did not come in time.
  TOO_SLOW,

  /// How often a client's share was used up, and it had to wait for the next window.
  THROTTLED
}
