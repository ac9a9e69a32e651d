/// UDP through a proxy as a packet engine: whatever speaks through a [org.vexor.packet.PacketPort]
/// can be tunnelled without knowing it.
///
/// ```
///  user ─▶ TunnelPort ─ flush ─▶ TunnelTable: one tunnel a destination ─▶ UdpTunnel ─▶ proxy ─▶ destination
///       ◀── doWork ─── Arrivals: bounded ring of bytes ◀── event loops of the client's links ◀──────┘
/// ```
///
/// A tunnel is opened by the first datagram to a destination and closed when none went either way
/// for a while. Only those who were sent something can answer: nobody reaches a port by the proxy
/// unasked. The address that others see is the proxy's.
///
/// Invariants: the engine's thread never waits for the client and never the other way round; what
/// arrives and has no room is dropped and counted; nothing is allocated for a datagram but the
/// buffer that the client takes over. Entry type: [TunnelEngine].
@NullMarked
package org.vexor.masque.tunnel;

import org.jspecify.annotations.NullMarked;
