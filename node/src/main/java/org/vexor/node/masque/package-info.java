/// The programs around the MASQUE client: how a proxy is named on the command line and in files,
/// and what a node does with one.
///
/// ```
/// command line > vexor.toml [masque] > defaults ─▶ ProxyAccess ─▶ ClientRun (event loops, MasqueClient)
///                                                                    ├─ vexor tunnel: ports on this host
///                                                                    └─ vexor run: MasqueNode, verified and watched
/// ```
///
/// Invariants: no secret is ever printed, not even within a mistake; who does not ask for a proxy
/// gets no object, thread or socket of this package. Entry types: [ProxyAccess], [ClientRun].
@NullMarked
package org.vexor.node.masque;

import org.jspecify.annotations.NullMarked;
