/// Load for a CONNECT-UDP proxy, whoever made it: more than one core of a proxy can carry, which a
/// client in Go that shares its core with the target cannot give.
///
/// ```
/// EchoPump ─ QUIC connections, tunnels ─▶ proxy ─▶ UDP echo server
///   closed loop: so many datagrams under way a tunnel     open loop: so many a second, whatever comes back
/// ```
///
/// One run prints one JSON line; `bench/masque` runs it for both proxies. Entry type: [EchoPump].
/// May not be depended on by any other module.
@NullMarked
package org.vexor.bench.masque;

import org.jspecify.annotations.NullMarked;
