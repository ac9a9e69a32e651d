/// One node of gossip on one port.
///
/// ```
/// PacketPort ─▶ Intake: budget, decode, what is news ─▶ verify ─▶ Protocol: table, answers, prunes, pongs ─▶ Outbox ─▶ PacketPort
///                                                          timers ─▶ Rounds: push 100 ms, pull 500 ms, refresh 7.5 s
/// ```
///
/// Invariants: everything but the verifier runs on the thread that calls
/// [org.vexor.gossip.node.GossipNode#doWork]; to an address that did not answer a ping go nothing
/// but pings and pongs, and to entrypoints requests; every datagram is counted under what became of
/// it. Entry type: [org.vexor.gossip.node.GossipNode]. Rules: docs/wire.md §11.
@NullMarked
package org.vexor.gossip.node;

import org.jspecify.annotations.NullMarked;
