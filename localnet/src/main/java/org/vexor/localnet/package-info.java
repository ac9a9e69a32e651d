/// A whole cluster in one process, over real ports, to see the way of a shred from end to end.
///
/// ```
///  gossip thread:    Discovery: a GossipNode for each node -> AddressBook of that node
///                                                                | TVU addresses
///  client thread:    ClientAgent: transfers by QUIC to the leaders that it knows by gossip
///                                     v TpuPorts, on an event loop
///  voter thread:     VoterAgent: each node's votes, by UDP and gossip --> Intake --+
///                                     ^ blocks, by BlockFeed                      v
///  leader thread:    Transfers -> BlockProducer -> LossySender -> PacketPort of the slot's leader
///                                     |                               | UDP, loopback
///  receiver thread:                   |                 TvuReceiver of each other node -> BlockSummary
///                                     | Produced, Skipped                                    | Completed
///  caller's thread:                   +--------------> SlotLedger <--------------------------+
///                                                          |-> LocalnetListener, slot by slot
///                                                          `-> LocalnetSummary, when all is done
/// ```
///
/// Nodes know nothing of each other but the gossip address of the first one; when all have found
/// all, the first slot begins. Leaders follow one another by the real leader schedule; a leader
/// counts its own block as complete and sends every shred to every other node itself, where its
/// address book has it. Every node votes for every block it has. Invariants: a run is decided by
/// its options, but for the time it takes and the block that a vote comes into; every shred sent is
/// received, lost on purpose, or dropped under a name, and the summary says when that is not so; a
/// block counts as complete on a node only when it is the block that the leader made. Entry type:
/// [Localnet]. Prints nothing.
@NullMarked
package org.vexor.localnet;

import org.jspecify.annotations.NullMarked;
