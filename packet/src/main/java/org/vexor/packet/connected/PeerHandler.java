package org.vexor.packet.connected;

import java.nio.ByteBuffer;

/// What becomes of the datagrams of one connected socket. Called on the engine's thread, from
/// within `doWork` or `flush`; it may send on and close any socket.
public interface PeerHandler {
  /// Takes one datagram of the peer.
  ///
  /// @param payload from position to limit; lent until this returns, the same object each time. The
  ///   [ConnectedSockets#HEADROOM] bytes before its position may be overwritten
  void received(ConnectedSocket socket, ByteBuffer payload);

  /// As many as were there at once have been received.
  default void batchEnd(ConnectedSocket socket) {}

  /// The kernel says that what was sent earlier did not arrive: ECONNREFUSED when no such port is
  /// open there, EHOSTUNREACH and others when there is no way.
  ///
  /// @param errno as in [org.vexor.linux.Errno]
  void failed(ConnectedSocket socket, int errno);
}
