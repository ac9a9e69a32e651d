/// What the backends on kernel sockets share.
///
/// ```
///  PortOptions ──▶ BoundSocket ──▶ (received by the backend) ──▶ FrameDatagram ──▶ handler
///                      ▲
///     SendRing ──▶ BatchSender
///
///  SocketPort: one socket with its sender     SocketPorts: all of an engine, what they counted, and the
///                                             Sleeper that waits for any of them, or a wake-up
/// ```
///
/// Invariants: a datagram leaves the [org.vexor.packet.frame.SendRing] exactly once, as sent or
/// under a named reason; what the kernel dropped at a socket is counted when a datagram tells it,
/// soon after the engine fell idle, and at the latest when the port closes; nothing allocates after
/// construction but what changes the set of sockets. Entry types: [SocketPorts] for a backend,
/// [SocketEngine] for one that is built around such a backend. Knows nothing of any one backend.
@NullMarked
package org.vexor.packet.socket;

import org.jspecify.annotations.NullMarked;
