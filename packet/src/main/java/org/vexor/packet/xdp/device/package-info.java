/// One network interface shared by the engines of this process: its XDP program, its queues, and
/// the thread that watches over them.
///
/// ```
///   engine (packet thread)                       control thread of the device
///     QueueSession ◀── opened, bound ──────────── XdpDevice ──▶ XdpFilter, XdpLink (one of each)
///         │  rings, frames                            │
///         └── given up ─────────────────────────▶ closed      netlink ──▶ DeviceState (published)
/// ```
///
/// Invariants: a queue session is touched by one thread at a time, its state says by which; a frame
/// that the kernel has is marked in its [QueueRings] until it comes back or the socket is closed;
/// nothing slow runs on the packet thread; what is attached goes when the last engine closes, or
/// the process dies. Entry types: [XdpDevice], [QueueSession]. Depends on `org.vexor.linux`, the
/// contract and `org.vexor.packet.frame`.
@NullMarked
package org.vexor.packet.xdp.device;

import org.jspecify.annotations.NullMarked;
