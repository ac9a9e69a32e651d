package org.vexor.quic;

/// How a connection ended.
///
/// @param kind who ended it, on which layer
/// @param code the error code that was sent or received; 0 where there is none
/// @param text what was said with it, in the words of whoever closed
public record CloseReason(Kind kind, long code, String text) {
  /// Who ended a connection.
  public enum Kind {
    /// This side.
    LOCAL,

    /// The peer's application; `code` is its own.
    PEER_APPLICATION,

    /// The peer's QUIC; `code` is of RFC 9000 §20.1.
    PEER_TRANSPORT,

    /// The peer's TLS; `code` is 0x100 plus the alert, so 0x174 for a certificate it misses.
    PEER_TLS,

    /// The peer's port is closed, or it acknowledges nothing any more.
    PEER_GONE,

    /// Nothing was heard for the idle time-out.
    IDLE_TIMEOUT,

    /// The handshake did not get there in time.
    HANDSHAKE_TIMEOUT,

    /// The handshake failed on this side; mostly a certificate that is not trusted.
    HANDSHAKE_FAILED
  }

  @Override
  public String toString() {
    return kind
        + (code == 0 ? "" : " 0x" + Long.toHexString(code))
        + (text.isEmpty() ? "" : ": " + text);
  }
}
