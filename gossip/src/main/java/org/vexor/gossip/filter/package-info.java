/// Sets that may hold a little more than was put in: what a node has already, told to others in
/// under a kilobyte, and what a peer does not want to be told again.
///
/// Invariants: what was added is always contained; positions and sizes are those of Agave's bloom
/// crate, bit for bit. Entry types: [org.vexor.gossip.filter.Bloom],
/// [org.vexor.gossip.filter.CrdsFilter]. Layouts and sizes: docs/wire.md §10. Knows nothing of
/// values or messages.
@NullMarked
package org.vexor.gossip.filter;

import org.jspecify.annotations.NullMarked;
