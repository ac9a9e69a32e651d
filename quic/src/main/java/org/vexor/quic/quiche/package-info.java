/// Netty's own bindings to quiche, and the parts of Netty's QUIC codec around them, for those of
/// this floor that speak to quiche past Netty's pipelines.
///
/// ```
/// org.vexor.quic.message, org.vexor.quic.direct ─┬▶ QuicheCalls   quiche's functions, by quiche's numbers
///                                                └▶ ChannelCalls  what Netty's channel and codec note of a turn
/// ```
///
/// Reaches into Netty 4.2.18, whose version the build pins: it knows by name what is not public,
/// says at its first use what is missing, and tests ask it. Invariants: nothing is kept here; an
/// address of a connection is good until the next call that may end the connection. Event loop
/// only. Entry types: [QuicheCalls], [ChannelCalls]. Knows nothing else of Vexor. Facts: quiche's
/// `quiche.h`.
@NullMarked
package org.vexor.quic.quiche;

import org.jspecify.annotations.NullMarked;
