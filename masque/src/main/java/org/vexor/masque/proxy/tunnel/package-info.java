/// Requests that are granted, from the look-up of their target to their end.
///
/// ```
///              FrontDesk.request ─ Gatekeeper ─ TargetFinder
///                 │ refused: RefusedRequest
///   client ◀─ UdpFlow ─ UdpTunnel ─ TargetSocket ─▶ target       datagrams; those that come early are kept
///   client ◀─ stream ── TcpTunnel ─ NIO channel  ─▶ target       bytes; neither side is read faster than the other takes
/// ```
///
/// Invariants: a tunnel's socket, its place in the accounts and its stream go together; a datagram
/// is passed on or counted under one reason; one that does not fit a QUIC DATAGRAM never becomes a
/// capsule; nothing waits for a slow client but that client. Entry type: [FrontDesk].
@NullMarked
package org.vexor.masque.proxy.tunnel;

import org.jspecify.annotations.NullMarked;
