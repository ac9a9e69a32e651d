package org.vexor.masque.http;

/// How a tunnel ended.
///
/// @param kind who ended it, and how
/// @param code of the peer's HTTP version, when it gave the stream up; 0 otherwise
/// @param text what is known besides; may be empty
public record FlowEnd(Kind kind, long code, String text) {
  /// Who ended a tunnel, and how.
  public enum Kind {
    /// The other side, in good order.
    FINISHED,
    /// The other side, by giving up the stream.
    ABORTED,
    /// This side, as what came was no sequence of capsules.
    MALFORMED,
    /// This side, as it wanted to.
    LOCAL,
    /// The connection went down with it.
    CONNECTION_LOST
  }

  @Override
  public String toString() {
    return kind
        + (code == 0 ? "" : " 0x" + Long.toHexString(code))
        + (text.isEmpty() ? "" : ": " + text);
  }
}
