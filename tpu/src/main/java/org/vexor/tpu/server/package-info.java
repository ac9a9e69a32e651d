/// The transaction port of a leader: a QUIC server with the limits that Agave's has, for
/// `localnet`'s leaders and for programs that forward.
///
/// Invariants: no client gets more than its share, by its stake where it has one and by its address
/// otherwise; what is refused is counted under the reason; a receiver that is slow slows its
/// clients and nothing else.
///
/// Facts: agave streamer/src/nonblocking/{quic,swqos,stream_throttle}.rs, quic.rs.
@NullMarked
package org.vexor.tpu.server;

import org.jspecify.annotations.NullMarked;
