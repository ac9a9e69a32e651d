/// How what the node sends gets to others: straight, or through a proxy, as a policy says.
///
/// ```
///                         ┌─ direct: the role's own port
/// role ─▶ WayOut ─▶ LeaderRoutes, VotePorts ─┤
///            │            └─ tunnel: a port on the proxy's engine (where the node has a proxy)
///            └─ each decision ─▶ RouteBook ─▶ a line for each change, a row of the status
/// ```
///
/// Invariants: without a proxy nothing is opened but the direct port; where the proxy is required
/// nothing is sent past it. Entry type: [WayOut]. Knows the proxy as a [ProxyPath] only.
@NullMarked
package org.vexor.node.route;

import org.jspecify.annotations.NullMarked;
