package org.vexor.quic.admission;

/// When a client must prove its address by a round trip before anything is kept about it.
public enum RetryPolicy {
  /// Each new connection; costs each client one round trip.
  ALWAYS,

  /// While half of the allowed handshakes are under way, or a limit holds the client back.
  UNDER_LOAD
}
