/// [org.vexor.packet.PacketEngine] on recvmmsg(2) and sendmmsg(2): Linux, no privilege.
///
/// ```
///  FrameLedger ──frames──▶ Receiver ──recvmmsg──▶ handler      a retained frame is replaced by a free one
///  SendRing ──▶ BatchSender ──sendmmsg──▶ kernel               from the ring's own memory
/// ```
///
/// Invariants: one receive batch for the whole engine; every frame is in the ledger, in one slot of
/// the batch, or lent; what a handler's exception leaves of a batch is delivered by the next
/// `doWork`. Entry type: [BatchEngine]. Depends on `org.vexor.linux`, the contract,
/// `org.vexor.packet.frame` and `org.vexor.packet.socket`.
@NullMarked
package org.vexor.packet.batch;

import org.jspecify.annotations.NullMarked;
