/// [org.vexor.packet.PacketEngine] on AF_XDP: datagrams past the kernel's stack, built around an
/// engine on kernel sockets.
///
/// ```
///   handler ◀─ FrameDatagram ◀─ Receiver ◀─ rings ◀─ NIC queue ◀─ XDP program ── not ours ──▶ kernel
///      ▲                                                                                        │
///      └──────────────── KernelSide ◀───────── SocketEngine beneath ◀───────────────────────────┘
///                                                       ▲
///   XdpPort.commit ─▶ SendQueue ─▶ Transmitter ─┬─ what only the kernel can send
///                                               └─▶ headers ─▶ rings ─▶ NIC queue
/// ```
///
/// The socket beneath each port holds its number, receives what the kernel still gets (fragments,
/// other queues, all when AF_XDP is lost), and sends what has no sure route, MAC or size. So losing
/// and regaining AF_XDP changes speed, not function: no port is reopened.
///
/// Invariants: port, engine and socket beneath count on one account; order to one destination is
/// kept also where datagrams change sides; nothing allocates, locks or logs for each packet. Entry
/// type: [XdpEngine]. Parts: `.header` (bytes of the wire), `.route` (where to), `.device` (the
/// interface, its rings, its control thread).
@NullMarked
package org.vexor.packet.xdp;

import org.jspecify.annotations.NullMarked;
