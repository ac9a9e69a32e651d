package org.vexor.masque.http;

/// Why a request had no response.
///
/// @param kind on which level it failed
/// @param code of the peer's HTTP version, when it gave the stream up; 0 otherwise
/// @param text for people
public record RequestFailure(Kind kind, long code, String text) {
  /// On which level a request failed.
  public enum Kind {
    /// The peer allows no more streams now.
    NO_STREAM,
    /// The peer gave the stream up, or ended it too early.
    STREAM,
    /// What came is no response.
    MALFORMED,
    /// The peer does not do what is needed; no connection to it will.
    UNSUPPORTED,
    /// The connection is over, or takes no more requests.
    CONNECTION
  }

  @Override
  public String toString() {
    return text + (code == 0 ? "" : " (0x" + Long.toHexString(code) + ")");
  }
}
