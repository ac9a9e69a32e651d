package org.vexor.quic;

import java.nio.ByteBuffer;

/// What an application does on a connection. Called on the connection's event loop, never twice at
/// a time; it must not block.
public interface ConnectionHandler {
  /// The handshake is done and the peer is who it should be.
  default void opened(QuicConnection connection) {}

  /// Client with 0-RTT only, before `opened`: streams may be opened, and what is sent on them an
  /// attacker can replay at the server.
  default void earlyDataReady(QuicConnection connection) {}

  /// The peer opened a stream.
  StreamReceiver streamOpened(QuicStream stream);

  /// A datagram arrived; `payload` is lent until this returns.
  default void datagram(QuicConnection connection, ByteBuffer payload) {}

  /// The peer allows more streams than it did.
  default void streamCreditChanged(QuicConnection connection) {}

  /// The path changed: the largest datagram, or the peer's address.
  default void pathChanged(QuicConnection connection) {}

  /// The connection is over, or never came to be; the last call.
  default void closed(QuicConnection connection, CloseReason reason) {}
}
