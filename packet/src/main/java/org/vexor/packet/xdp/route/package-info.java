/// How datagrams leave: ready headers for each destination in use, from what the kernel knows of
/// the network.
///
/// ```
/// NetworkSnapshot (published by the control thread) ──▶ Destinations.find ──▶ frame, or by the kernel
///                                                              │
///                            next hops in use ──▶ control thread ──▶ NeighbourResolver
/// ```
///
/// Invariants: a frame is built only when route, source, MAC and MTU are all known for certain; an
/// entry is as old as its snapshot, never older. Nothing allocates after construction. Entry type:
/// [Destinations].
@NullMarked
package org.vexor.packet.xdp.route;

import org.jspecify.annotations.NullMarked;
