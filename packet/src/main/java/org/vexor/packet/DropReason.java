package org.vexor.packet;

/// Why a datagram was lost between the user and the wire. Every loss that can be seen has one of
/// these names.
public enum DropReason {
  /// Received but longer than the port's largest payload.
  RECEIVE_TRUNCATED,
  /// Received by the system and lost there before this process took it, as the system counts it.
  RECEIVE_BUFFER_FULL,
  /// Received while every frame was retained by users.
  RECEIVE_NO_FRAME,
  /// Received, and not what the backend's own headers promised.
  RECEIVE_MALFORMED,
  /// Received, and the port was closed by a handler before this one had its turn.
  RECEIVE_PORT_CLOSED,
  /// To be sent, and longer than the port's largest payload or the path's.
  SEND_TOO_LARGE,
  /// The system has no way to the destination, or the destination is of another address family than
  /// the port.
  SEND_UNREACHABLE,
  /// The system refused it for another reason (a firewall rule, a broadcast address, a link that is
  /// down).
  SEND_REFUSED,
  /// Committed, and the port was closed before the system took it.
  PORT_CLOSED,
  /// Sent, and thrown away by a simulated network on purpose.
  INJECTED_LOSS,
  /// Sent over a simulated network to an address where no port is open.
  NO_RECEIVER
}
