package org.vexor.node.rpc;

import java.net.InetSocketAddress;
import java.util.Optional;
import org.vexor.solana.Pubkey;

/// A node of the cluster, as getClusterNodes lists it.
public record RpcNode(
    Pubkey identity,
    Optional<InetSocketAddress> gossip,
    Optional<InetSocketAddress> tvu,
    Optional<InetSocketAddress> tpuQuic,
    Optional<InetSocketAddress> tpuVote,
    Optional<InetSocketAddress> rpc,
    Optional<String> version,
    int shredVersion) {}
