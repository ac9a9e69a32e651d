package org.vexor.packet;

import java.nio.ByteBuffer;

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

  /// A host answered that no such port is open there (ICMP port unreachable), to a datagram of this
  /// port, connected or not; only with [PortSetting#REPORT_UNDELIVERED]. Anybody can forge such an
  /// answer: what it quotes shows whether its maker saw the datagram. Called from within `doWork`
  /// or `flush`.
  ///
  /// @param to where it was sent
  /// @param quoted the first bytes of its payload, as many as came back; lent until this returns
  default void onUndelivered(PacketPort port, Endpoint to, ByteBuffer quoted) {}
}
