package org.vexor.node.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.vexor.packet.Endpoint;
import org.vexor.solana.crypto.Keypair;

/// With what a node joins.
///
/// @param shredVersion of the cluster
/// @param bind our gossip port; port 0 for any that is free
/// @param seen the address by which others reach us; its port means nothing
/// @param entrypoints whom to ask first
/// @param contacts where known nodes are kept from one run to the next
public record JoinPlan(
    Keypair identity,
    int shredVersion,
    Endpoint bind,
    Endpoint seen,
    List<Endpoint> entrypoints,
    Optional<Path> contacts) {
  public JoinPlan {
    entrypoints = List.copyOf(entrypoints);
  }

  /// Where others reach what is bound at `local`.
  Endpoint reached(Endpoint local) {
    return local.isAnyLocal() ? seen.withPort(local.port()) : local;
  }
}
