/// The six messages of gossip, one in a datagram.
///
/// ```
/// datagram ──MessageReader──▶ GossipMessage ──MessageWriter──▶ datagram
/// ```
///
/// Invariants: nothing that a datagram says makes [MessageReader] throw; it gives a message or a
/// [org.vexor.gossip.crds.GossipRefusal]; what it accepts is written back byte for byte. Signatures
/// are not looked at here, except by the methods that check them.
///
/// Entry types: [org.vexor.gossip.message.GossipMessage], [org.vexor.gossip.message.MessageReader].
/// Layouts: docs/wire.md §10. Knows nothing of tables, peers or time.
@NullMarked
package org.vexor.gossip.message;

import org.jspecify.annotations.NullMarked;
