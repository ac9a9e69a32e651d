package org.vexor.node.front;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.vexor.gossip.crds.ContactInfo;
import org.vexor.gossip.crds.SocketKey;
import org.vexor.gossip.node.KnownContact;
import org.vexor.node.rpc.RpcNode;
import org.vexor.packet.Endpoint;
import org.vexor.solana.Pubkey;

/// The nodes that gossip knows, as getClusterNodes lists them, this one first. Any thread.
///
/// @param identity of this node
/// @param own where this node is reached
/// @param version of this program
/// @param shredVersion of the cluster
/// @param others that gossip knows now
public record GossipNodes(
    Pubkey identity,
    Map<SocketKey, Endpoint> own,
    String version,
    int shredVersion,
    Supplier<List<KnownContact>> others)
    implements Supplier<List<RpcNode>> {
  public GossipNodes {
    own = Map.copyOf(own);
  }

  @Override
  public List<RpcNode> get() {
    List<RpcNode> nodes = new ArrayList<>();
    nodes.add(
        new RpcNode(
            identity,
            here(SocketKey.GOSSIP),
            here(SocketKey.TVU),
            Optional.empty(),
            Optional.empty(),
            here(SocketKey.RPC),
            Optional.of(version),
            shredVersion));
    for (KnownContact contact : others.get()) {
      ContactInfo info = contact.info();
      if (!info.owner().equals(identity)) {
        nodes.add(
            new RpcNode(
                info.owner(),
                at(info, SocketKey.GOSSIP),
                at(info, SocketKey.TVU),
                at(info, SocketKey.TPU_QUIC),
                at(info, SocketKey.TPU_VOTE),
                at(info, SocketKey.RPC),
                Optional.of(info.version().number()),
                info.shredVersion()));
      }
    }
    return nodes;
  }

  private Optional<InetSocketAddress> here(SocketKey key) {
    return Optional.ofNullable(own.get(key)).map(Endpoint::toSocketAddress);
  }

  private static Optional<InetSocketAddress> at(ContactInfo info, SocketKey key) {
    return info.socket(key).map(Endpoint::toSocketAddress);
  }
}
