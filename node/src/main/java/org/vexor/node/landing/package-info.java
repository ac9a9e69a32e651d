/// Sends transactions to the leaders of a cluster, and waits until they are in a block.
///
/// ```
/// RPC: slots, schedule, addresses ------+
/// WebSocket: slots, as they begin ------+
/// ClusterLink: gossip's addresses ------+-> LeaderTracker -> TpuClient -> leaders, by QUIC
///              turbine's newest slot ---+
/// ClusterLink: turbine's whole blocks --+-> Landing -> TransactionHistory -> a story for each
/// RPC: getSignatureStatuses ------------+
/// ```
///
/// Where blocks are received they have the first word on what has landed; a node is asked besides,
/// as it alone says whether a transaction failed in its block.
///
/// Without RPC nobody knows the schedule: then it goes to those whom the caller names as leaders,
/// or to all who vote, and what landed is told by blocks whose leader is known, or not at all.
///
/// ```
/// ClusterLink: gossip's votes ----> GossipVoters --+
/// ClusterLink: gossip's addresses -----------------+-> Broadcast -> leaders or voters, by QUIC
/// the caller: who leads (may be nobody) -----------+       ^
/// ClusterLink: turbine's slots and whole blocks -----------+
/// ```
///
/// Entry types: [Landing], [Broadcast], [ClusterLink].
@NullMarked
package org.vexor.node.landing;

import org.jspecify.annotations.NullMarked;
