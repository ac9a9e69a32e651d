/// [org.vexor.packet.PacketEngine] on io_uring(7): Linux 6.0 or newer, no privilege where it is not
/// switched off.
///
/// ```
///  FrameLedger ──frames──▶ buffer ring ──▶ kernel ──completion──▶ handler    one multishot recvmsg for each port
///  SendRing ──▶ BatchSender ──sendmmsg──▶ kernel                             from the ring's own memory
/// ```
///
/// Invariants: one io_uring and one buffer ring for all ports; the id of a buffer is the frame's
/// number, and a frame is in the ledger, with the kernel, or lent; a completion is taken off the
/// queue before its handler runs, so a handler's exception loses no other; the ring is entered by
/// its owner only, and only when it has something to do. Entry type: [UringEngine]. Depends on
/// `org.vexor.linux`, the contract, `org.vexor.packet.frame` and `org.vexor.packet.socket`.
@NullMarked
package org.vexor.packet.uring;

import org.jspecify.annotations.NullMarked;
