package org.vexor.packet;

/// Takes received datagrams, on the thread that drives the engine.
///
/// May send on any port of the engine, and close ports; may not call `doWork` or `await`.
@FunctionalInterface
public interface DatagramHandler {
  /// Takes one datagram.
  ///
  /// @param port the port it came in by
  /// @param datagram lent until this method returns; the same object each time
  void onDatagram(PacketPort port, Datagram datagram);

  /// The host of the peer that `port` is [connected][PacketPort#connect] to answered that no such
  /// port is open there (ICMP port unreachable): some datagrams sent before got lost there. Called
  /// from within `doWork` or `flush`.
  default void onPeerRefused(PacketPort port) {}
}
