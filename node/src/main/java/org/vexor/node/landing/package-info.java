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
/// as it alone says whether a transaction failed in its block. Entry types: [Landing],
/// [ClusterLink]. Without RPC nobody knows the schedule, and nothing is sent.
@NullMarked
package org.vexor.node.landing;

import org.jspecify.annotations.NullMarked;
