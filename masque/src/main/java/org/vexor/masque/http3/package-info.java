/// HTTP/3 for tunnels, over the QUIC of [org.vexor.quic] and Netty's HTTP/3 codec; what client and
/// proxy share.
///
/// ```
/// QuicChannel:  ConnectionDriver ─ Netty's HTTP/3 handler ─ DatagramHandler ─▶ DatagramRegistry ─▶ streams
///    ├ control stream of the peer:  ControlStreamHandler ─▶ PeerSettings, GOAWAY
///    └ request streams:             Http3Stream ◀─▶ RequestStream, StreamListener
/// ```
///
/// Netty knows the two settings and nothing behind them; closed here: a setting that is neither 0
/// nor 1 (Netty leaves the connection out of step, RFC 9297 §2.1.1 wants H3_SETTINGS_ERROR),
/// Extended CONNECT before the peer's SETTINGS (RFC 9220 §3), datagrams before both sides said so,
/// datagrams without a request.
///
/// Invariants: everything of a connection happens on its event loop; no QUIC DATAGRAM is sent
/// unless it was offered and asked for. Entry type: [Http3Connection].
@NullMarked
package org.vexor.masque.http3;

import org.jspecify.annotations.NullMarked;
