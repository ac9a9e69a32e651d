/// UDP through HTTP proxies (MASQUE): client, proxy, and tunnels that are packet ports.
///
/// ```
///            client                                                   proxy
///   tunnel: PacketEngine ─┐                                            ┌─ UDP sockets, address policy
///                         ├─ client ─ http ─ http3 ══ QUIC / TCP ══ http3 ─ http ─┘
///   programs ─────────────┘             capsule, datagram, uri, field: pure, shared by both
/// ```
///
/// Facts: RFC 9297 (datagrams and capsules), 9298 (CONNECT-UDP), 9220 and 8441 (Extended CONNECT),
/// 9209 (Proxy-Status). Knows nothing of Solana.
@NullMarked
package org.vexor.masque;

import org.jspecify.annotations.NullMarked;
