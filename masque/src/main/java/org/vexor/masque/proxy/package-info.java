/// The proxy: HTTP in, UDP and TCP out.
///
/// ```
///   QUIC ─ http3 ──────────────┐                       ┌ request:  policy, access, limit, resolve
///   TCP ─ inbound ─ http2, 1.1 ┴▶ tunnel.FrontDesk ─▶──┤
///                                                      └ tunnel ─▶ outbound: sockets on the packets' event loops
/// ```
///
/// Each core has an event loop with one packet engine: the port that HTTP/3 comes in by and the
/// sockets to the targets of its tunnels, so that a datagram goes through the proxy on one thread.
/// TCP has NIO loops of its own.
///
/// Entry type: [MasqueProxy]. What may be changed while it runs:
/// [org.vexor.masque.proxy.request.ProxySettings]. Knows nothing of files and command lines.
@NullMarked
package org.vexor.masque.proxy;

import org.jspecify.annotations.NullMarked;
