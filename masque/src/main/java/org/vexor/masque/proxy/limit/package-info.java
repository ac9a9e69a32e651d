/// What a proxy spends on its clients.
///
/// ```
/// TunnelLedger   how many tunnels, in total and for each client; a Place is given back once
/// Allowance      datagrams and bytes a second of one client, shared by its tunnels
/// ```
///
/// A client is who it proved to be, or its address: IPv4, or the first 64 bits of IPv6. Any thread.
/// Invariant: whatever is refused is told by name, so that it can be counted. Entry types:
/// [ProxyLimits], [TunnelLedger].
@NullMarked
package org.vexor.masque.proxy.limit;

import org.jspecify.annotations.NullMarked;
