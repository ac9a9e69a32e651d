/// Which engine a program gets: the best that this machine and process allow, and the reasons
/// against the better ones.
///
/// ```
///  Selection ──▶ Ladder: AF_XDP ─failed─▶ io_uring ─failed─▶ recvmmsg ─failed─▶ DatagramChannel
///                           │                │ outcome, remedy   │                    │
///                           └────────────────┴──▶ SelectedEngine ◀┴───────────────────┘   report() = engine's + attempts
/// ```
///
/// Invariants: `auto` always opens something; a backend that is asked for by name is the one that
/// opens, or none; no device is guessed where more than one could be meant; what a [Prospect] says
/// and what opening finds come from the same [Candidate]. Entry type: [PacketEngines].
@NullMarked
package org.vexor.packet.select;

import org.jspecify.annotations.NullMarked;
