/// How a running node belongs to a cluster: it joins by gossip, and asks an RPC node who leads.
///
/// ```
/// ClusterOptions ─▶ IP echo of the entrypoints ─▶ JoinPlan ─▶ Membership: GossipService, told of stakes once a second
///                ─▶ EpochFollower ──RPC, on its own thread──▶ RollingSchedule ─▶ SlotLeaders of the receiver
/// ```
///
/// Invariants: what is told to the cluster is served; whoever leads a slot is asked of memory and
/// never waits for RPC; an RPC node that fails costs the epochs to come, not those known. Entry
/// types: [Membership], [EpochFollower]. Knows nothing of the command line.
@NullMarked
package org.vexor.node.cluster;

import org.jspecify.annotations.NullMarked;
