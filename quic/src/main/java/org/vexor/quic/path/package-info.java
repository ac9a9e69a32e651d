/// How a connection gets to its peer: directly, or through a tunnel where one is given.
///
/// ```
/// ConnectRequest → PathSelector ─ policy for the peer ─→ Route "direct"  (a QuicClient on AF_XDP, io_uring, UDP)
///                       │                              └→ Route "tunnel" (a QuicClient on a tunnel's port)
///                       └→ RoutedConnection: the connection, and a RouteDecision that explains itself
/// ```
///
/// Invariants: of two connections that were raced one is handed out and the other closed; each
/// decision says which route, why, and what became of each attempt, also when none came through.
///
/// Entry type: [PathSelector]. Knows nothing of what a tunnel is made of.
@NullMarked
package org.vexor.quic.path;

import org.jspecify.annotations.NullMarked;
