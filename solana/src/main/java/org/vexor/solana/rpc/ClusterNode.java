package org.vexor.solana.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.vexor.solana.Pubkey;

/// A node as getClusterNodes lists it; what it does not say, or says as no address, is empty.
public record ClusterNode(
    Pubkey identity,
    Optional<InetSocketAddress> gossip,
    Optional<InetSocketAddress> tpuQuic,
    Optional<InetSocketAddress> tpuVote) {

  /// @throws IllegalArgumentException when there is no key
  static ClusterNode parse(JsonNode node) {
    return new ClusterNode(
        Pubkey.fromBase58(node.path("pubkey").asText()),
        address(node.path("gossip")),
        address(node.path("tpuQuic")),
        address(node.path("tpuVote")));
  }

  private static Optional<InetSocketAddress> address(JsonNode node) {
    String text = node.asText("");
    int colon = text.lastIndexOf(':');
    if (colon < 1) {
      return Optional.empty();
    }
    String host = text.substring(0, colon).replace("[", "").replace("]", "");
    // Numbers only: a name in an answer must not send this host to its resolver.
    if (!host.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
      return Optional.empty();
    }
    try {
      int port = Integer.parseInt(text.substring(colon + 1));
      return port < 1 || port > 0xffff
          ? Optional.empty()
          : Optional.of(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (NumberFormatException | UnknownHostException e) {
      return Optional.empty();
    }
  }
}
