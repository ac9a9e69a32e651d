/// HTTP/2 for tunnels, over Netty's HTTP/2 codec on TLS; what client and proxy share.
///
/// ```
/// TCP ─ TLS ─ Netty's frame codec ─ Netty's stream multiplexer ─ Http2Connection: SETTINGS, GOAWAY, PING
///                                        └ request streams:      Http2Stream ◀─▶ RequestStream, StreamListener
/// ```
///
/// HTTP/2 has no datagrams: payloads go as capsules, bounded by each stream's flow control. Netty
/// checks an Extended CONNECT like any request; that it may only be sent to a server that offered
/// it (RFC 8441 §3) is checked here.
///
/// Invariant: everything of a connection happens on its event loop. Entry type: [Http2Connection].
@NullMarked
package org.vexor.masque.http2;

import org.jspecify.annotations.NullMarked;
