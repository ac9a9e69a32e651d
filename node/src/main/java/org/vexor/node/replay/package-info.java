/// Captured datagrams sent again, as a network would bring them.
///
/// ```
/// datagrams of a file -> ReplayPlan (lost, shuffled: by a seed) -> PacedSender -> PacketPort
/// ```
///
/// Invariants: the same seed gives the same datagrams in the same order; datagrams of the file =
/// sent
/// + lost by injection + each send drop of the port. Entry types: [ReplayPlan], [PacedSender].
///   Knows nothing of what is in a datagram.
@NullMarked
package org.vexor.node.replay;

import org.jspecify.annotations.NullMarked;
