/// One contract for moving datagrams, whatever moves them: AF_XDP, io_uring, sockets, a tunnel,
/// memory.
///
/// ```
///            reserve, write, commit            flush (also at the end of doWork)
///  user  ────────────────────────────▶ port ────────────────────────────────────▶ wire
///        ◀──────────────────────────── port ◀──────────────────────────────────── wire
///         DatagramHandler, frame lent          PacketEngine.doWork
/// ```
///
/// **Owner.** A [PacketEngine] is one way to the wire on one thread. One thread at a time owns an
/// engine and everything opened on it: it calls `doWork`, opens and closes ports, sends. The thread
/// that made the engine may open ports and then hand it to another through any act that is visible
/// to it (starting the thread). From other threads only [PacketEngine#wakeup],
/// [PacketEngine#release], [PacketEngine#report] and the counters may be called.
///
/// **Frames in.** A received datagram is lent: segment, offset and length of a [Datagram] are good
/// until the handler returns. Who needs them longer copies, or calls [Datagram#retain] and owes one
/// [PacketEngine#release]. The bytes of a retained frame stay as they are, also across `close`,
/// until released. An engine refuses to lend its last frames out for good: `retain` then answers
/// [Datagram#NOT_RETAINED] and reception goes on.
///
/// **Frames out.** [PacketPort#reserve] gives room in the port's send segment, with hidden headroom
/// for headers; the user writes the payload there and commits length and destination. What was
/// committed is the engine's: it is sent, in order of commits to one destination, or dropped and
/// counted under a [DropReason]. When no room is left `reserve` says so and nothing is lost: flush,
/// or come back after `doWork`. A flush may be accepted by the system in part; the rest stays
/// queued. One reservation is open at a time on a port.
///
/// **Accounts.** For a port: datagrams committed = sent + queued + each send drop; datagrams taken
/// off the wire = given to the handler + each receive drop. [TrafficCounters] are readable from any
/// thread.
///
/// **Close.** Closing a port makes one attempt to flush, counts what is left under
/// [DropReason#PORT_CLOSED], and ends reception; its number can be bound again at once. Closing an
/// engine closes its ports. All closes may be called twice.
///
/// **Exceptions.** Opening a port throws [PortException] (what, with which values, how to mend it).
/// After that nothing of the network throws; an exception of a handler leaves `doWork` after the
/// engine has put its own state in order.
///
/// Entry type: [PacketEngine]; [ForwardingEngine] is for an engine that changes another in part.
/// May not depend on any other floor but `linux`.
@NullMarked
package org.vexor.packet;

import org.jspecify.annotations.NullMarked;
