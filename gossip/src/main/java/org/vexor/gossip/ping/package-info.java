/// Who is where it says: a peer answers a ping with a hash that only the one who got the ping can
/// know, and counts as verified at that address for a while.
///
/// Invariants: to an address that is not verified goes nothing but a ping; a pong counts once, for
/// the very identity and address that was asked; both memories are bounded, and those who never
/// answer cannot displace those who did. Entry type: [org.vexor.gossip.ping.PingCache]. Rules:
/// docs/wire.md §11. One thread.
@NullMarked
package org.vexor.gossip.ping;

import org.jspecify.annotations.NullMarked;
