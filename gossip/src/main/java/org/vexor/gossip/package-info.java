/// Who is there: the contact table of a Solana cluster, kept by telling (push) and asking (pull).
///
/// ```
/// crds      what is told: signed values, and their bytes
/// filter    what a node has already, in under a kilobyte
/// message   the six datagrams
/// table     what a node knows
/// ping      who is where it says
/// push      whom to tell, and whom to ask to stop
/// pull      what to ask for, and what to answer
/// signature signing, as it is handed in
/// verify    signatures in batches on a thread of their own
/// node      one node on one port, driven by whoever owns it
/// bootstrap IP echo, and the contacts of the last run
/// service   a node with its threads
/// ```
///
/// Packages depend on each other one way only. Time and randomness are handed in everywhere, the
/// network is a [org.vexor.packet.PacketPort], so that a whole cluster runs in one deterministic
/// test. Depends on `solana` and `packet` alone; facts of the protocol: docs/wire.md §10.
@NullMarked
package org.vexor.gossip;

import org.jspecify.annotations.NullMarked;
