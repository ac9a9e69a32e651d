package org.vexor.node.rpc;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetSocketAddress;
import java.util.Optional;

/// A node as getClusterNodes lists it.
final class NodeJson {
  private NodeJson() {}

  static ObjectNode of(RpcNode node) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("pubkey", node.identity().toString());
    put(json, "gossip", node.gossip());
    put(json, "tvu", node.tvu());
    // SDKs insist on the keys of ports that no node has any more.
    json.putNull("tpu").putNull("tpuForwards").putNull("tpuForwardsQuic");
    put(json, "tpuQuic", node.tpuQuic());
    put(json, "tpuVote", node.tpuVote());
    json.putNull("serveRepair").putNull("pubsub");
    put(json, "rpc", node.rpc());
    json.put("version", node.version().orElse(null));
    return json.putNull("featureSet").put("shredVersion", node.shredVersion());
  }

  private static void put(ObjectNode json, String name, Optional<InetSocketAddress> address) {
    json.put(name, address.map(NodeJson::text).orElse(null));
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort();
  }
}
