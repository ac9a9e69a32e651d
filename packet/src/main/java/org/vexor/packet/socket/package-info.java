/// What the backends on kernel sockets share.
///
/// ```
///  PortOptions ──▶ BoundSocket ──▶ (received by the backend) ──▶ FrameDatagram ──▶ handler
///                      ▲
///     SendRing ──▶ BatchSender      Sleeper: waits for any of the sockets, or a wake-up
/// ```
///
/// Invariants: a datagram leaves the [org.vexor.packet.frame.SendRing] exactly once, as sent or
/// under a named reason; nothing allocates after construction but what changes the set of sockets.
/// Entry types: [BoundSocket], [BatchSender], [Sleeper]. Knows nothing of any one backend.
@NullMarked
package org.vexor.packet.socket;

import org.jspecify.annotations.NullMarked;
