/// How what the node sends gets to others: straight, or through a proxy, as a policy says.
///
/// ```
/// role ─▶ WayOut ─▶ LeaderRoutes   transactions and votes by QUIC  ─┬─ direct: the role's own port
///            │      VotePorts      votes by UDP                     └─ tunnel: a port on the proxy's engine,
///            │      DetourEngine   gossip                                 where there is a proxy
///            └─ each decision ─▶ RouteListener: RouteBook ─▶ a line for each change, a row of the status
/// ```
///
/// Invariants: without a proxy nothing is opened but the direct port; where the proxy is required
/// nothing is sent past it. Entry type: [WayOut]. Knows the proxy as a [ProxyPath] only.
@NullMarked
package org.vexor.node.route;

import org.jspecify.annotations.NullMarked;
