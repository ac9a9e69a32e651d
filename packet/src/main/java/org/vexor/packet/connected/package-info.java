/// Thousands of UDP sockets, each connected to a peer of its own, on the thread of one engine: what
/// a relay needs towards the hosts that it relays to.
///
/// ```
///                         ┌ ports: the engine beneath (io_uring, recvmmsg)
/// ConnectedEngine.doWork ─┤
///                         └ ConnectedSockets ─epoll─▶ ready sockets ─recvmmsg─▶ PeerHandler.received
///                                  ▲             (neighbours joined, UDP_GRO)    PeerHandler.batchEnd
///   ConnectedSocket.send ──copy──▶ staging ─flush─▶ sendmmsg (neighbours joined, UDP_SEGMENT)
/// ```
///
/// Built around a [ConnectedEngine], AF_XDP serves the ports and leaves the connected sockets to
/// the kernel.
///
/// A port of [org.vexor.packet.PacketPort] has buffers of its own and is asked in each turn, which
/// is right for a few; here all sockets share the buffers, and an idle one costs nothing but the
/// kernel's memory.
///
/// Invariants: every datagram handed to [ConnectedSocket#send] is sent, or dropped under a named
/// reason, before `flush` returns; a socket that the peer's host refused, or that has no way to it,
/// says so once for each report of the kernel; IPv4 and IPv6 packets are not fragmented (DF). Entry
/// types: [ConnectedEngine], [ConnectedSockets]. Linux only.
@NullMarked
package org.vexor.packet.connected;

import org.jspecify.annotations.NullMarked;
