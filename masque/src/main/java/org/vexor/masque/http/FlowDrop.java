package org.vexor.masque.http;

/// Why a UDP payload was lost between a tunnel's user and its stream.
public enum FlowDrop {
  /// To be sent, and larger than a packet of the path holds, or than UDP allows.
  SEND_TOO_LARGE,
  /// To be sent, and QUIC's queue or the stream's window was full.
  SEND_QUEUE_FULL,
  /// To be sent, and the tunnel was not open.
  SEND_CLOSED,
  /// Received, and of a context that nobody registered (RFC 9298 §4).
  RECEIVE_UNKNOWN_CONTEXT,
  /// Received, and without a context id.
  RECEIVE_MALFORMED
}
