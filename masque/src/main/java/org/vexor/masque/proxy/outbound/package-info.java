/// The side of a proxy that faces targets: UDP sockets, each connected to one target.
///
/// ```
/// stream on a packet loop:   UdpTunnel ─▶ ConnectedSocket                       the same thread, nothing handed over
/// stream on a TCP loop:      UdpTunnel ─▶ HandOver ─task─▶ ConnectedSocket      bounded, drops counted
/// ```
///
/// A loop has one engine for the ports towards clients, of whatever backend, and beside it the
/// sockets towards targets, which are the kernel's.
///
/// Invariants: a socket lives on one packet loop; whoever opened it is called back on its own event
/// loop only; a socket that is closed calls nobody any more. Entry type: [TargetSockets].
@NullMarked
package org.vexor.masque.proxy.outbound;

import org.jspecify.annotations.NullMarked;
