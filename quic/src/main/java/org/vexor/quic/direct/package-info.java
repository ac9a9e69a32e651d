/// The straight way of an established connection's packets and datagrams between a UDP channel and
/// quiche. Netty looks after every packet at its streams, paths and timers, and makes messages of
/// packets and datagrams that pass through two pipelines; here that look is once a turn, and what
/// passes is bytes.
///
/// ```
/// channel ─packet─▶ PacketIntake ─known id─▶ quiche ─▶ DatagramSink, lent
///                        └ all others ─▶ Netty's codec
/// end of a turn:    Netty looks at each connection that got packets, then
/// port ◀─packets─── PacketOutlet ◀──────── quiche ◀─ datagrams
/// ```
///
/// Invariants: a packet goes to quiche once, by one of both ways; handshakes, unknown ids and what
/// is not a short header are always Netty's; packets leave in the order in which quiche makes them,
/// also when Netty makes some of them; nothing is allocated for a packet. Event loop only. Entry
/// types: [PacketIntake], [PacketOutlet]. Knows no endpoint. Facts: RFC 9000 §17.3, RFC 9221,
/// quiche's `quiche.h`.
@NullMarked
package org.vexor.quic.direct;

import org.jspecify.annotations.NullMarked;
