/// HTTP datagrams of one HTTP/3 connection (RFC 9297 §2): numbers in front of payloads, and the way
/// of each datagram to its request.
///
/// ```
/// QUIC DATAGRAM ─▶ quarter stream id ─▶ DatagramRegistry ─┬─ open request       ─▶ DatagramReceiver
///                                                         ├─ request not yet seen ─▶ held for about a round trip
///                                                         └─ finished, or full  ─▶ dropped, counted
/// ```
///
/// Invariants: what is held is bounded in datagrams and in bytes and is gone after its time; every
/// datagram is delivered or counted under one reason. Entry type: [DatagramRegistry]. Knows nothing
/// of HTTP versions.
@NullMarked
package org.vexor.masque.datagram;

import org.jspecify.annotations.NullMarked;
