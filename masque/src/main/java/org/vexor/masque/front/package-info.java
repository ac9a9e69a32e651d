/// Ports on this host whose traffic goes through a proxy.
///
/// ```
///   local programs ─ UDP ─▶ UdpFront ──── a tunnel for each sender ───┐
///                                                                    ├─ TunnelTable ─▶ MasqueClient ═▶ proxy
///   SOCKS5 clients ─ UDP ─▶ SocksFront ── a tunnel for each target ───┘                    │
///                  ─ TCP ─▶     └──────── a CONNECT for each connection ────────────────────┘
/// ```
///
/// Invariants: what may be open at once is bounded, and what is refused is counted; a tunnel that
/// nobody uses is closed; names are looked up by the proxy alone; a payload goes on once or is
/// counted as dropped. Each port lives on one event loop; payloads come back on the client's. Entry
/// types: [UdpFront], [SocksFront].
@NullMarked
package org.vexor.masque.front;

import org.jspecify.annotations.NullMarked;
