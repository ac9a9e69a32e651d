/// Streams that are one message each: a peer opens one, writes all of it, ends it, and expects no
/// answer. What Solana's transaction ports speak.
///
/// Netty makes a channel of each stream, with a pipeline, promises and a flush, which costs several
/// times what quiche itself does. Here the streams never reach Netty: after the packets of a turn
/// were taken in, and before the answers go out, quiche is asked directly.
///
/// ```
/// packets of a turn ─▶ Netty's codec ─▶ quiche
///                                        │ then, for each connection that got some: TurnListener
///            MessageReceiver ◀─ readable ┤
///            MessageSender   ─▶ acknowledged? credit, room? ─▶ quiche ─▶ Netty: packets out, one flush
/// ```
///
/// Invariants: all of it is the connection's event loop's; a message is delivered whole or not at
/// all; what waits for its missing pieces is bounded in number, size and time.
///
/// Entry types: [MessageSender], [MessageReceiver]. Asks quiche by `org.vexor.quic.quiche`; knows
/// no endpoint. Facts: RFC 9000 §2 to §4, quiche's `quiche.h`.
@NullMarked
package org.vexor.quic.message;

import org.jspecify.annotations.NullMarked;
