package org.vexor.quic;

import java.net.InetSocketAddress;

/// A connection that was asked for did not come to be.
public final class ConnectException extends RuntimeException {
  private final transient CloseReason reason;

  ConnectException(InetSocketAddress remote, CloseReason reason) {
    super("no QUIC connection to " + remote + ": " + reason);
    this.reason = reason;
  }

  public CloseReason reason() {
    return reason;
  }
}
