/// Sends transactions to the leaders of a cluster, and waits until they are in a block.
///
/// ```
/// RPC: slots, schedule, addresses ------+
/// gossip (where given): addresses ------+-> LeaderTracker -> TpuClient -> leaders, by QUIC
/// RPC: getSignatureStatuses -> Landing -> TransactionHistory -> a story for each
/// ```
///
/// Entry type: [Landing]. Without RPC nobody knows the slot, and nothing is sent.
@NullMarked
package org.vexor.node.landing;

import org.jspecify.annotations.NullMarked;
