/// UDP through HTTP proxies (MASQUE): client, proxy, and tunnels that are packet ports.
///
/// ```
///   programs ──────────▶ client ─ link ─┐                      ┌─ proxy ─ UDP sockets, address policy
///   tunnel: PacketEngine ──┘            └─ http3, http2, http1 ─┘
///                                           http: streams and UDP flows of all three
///                                           capsule, datagram, uri, field: pure, shared by both sides
/// ```
///
/// Facts: RFC 9297 (datagrams and capsules), 9298 (CONNECT-UDP), 9220 and 8441 (Extended CONNECT),
/// 9209 (Proxy-Status). Knows nothing of Solana.
@NullMarked
package org.vexor.masque;

import org.jspecify.annotations.NullMarked;
