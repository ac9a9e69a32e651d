package org.vexor.node.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.vexor.node.cluster.EpochFollower;
import org.vexor.node.cluster.JoinPlan;
import org.vexor.node.cluster.Membership;
import org.vexor.node.front.GossipNodes;
import org.vexor.node.front.NodeFeed;
import org.vexor.node.front.NodeFront;
import org.vexor.node.route.WayOut;
import org.vexor.packet.Endpoint;
import org.vexor.packet.PortException;
import org.vexor.turbine.tvu.TvuReceiver;
import picocli.CommandLine.Option;

/// Where a node answers JSON-RPC, if at all.
final class FrontOptions {
  @Option(
      names = "--rpc-bind",
      paramLabel = "[ADDR:]PORT",
      description =
          "answer JSON-RPC there, and its WebSocket subscriptions on the next port: sends"
              + " transactions to the leaders and tells what became of them, and asks --rpc all that"
              + " it cannot know; without ADDR to this host only; needs --entrypoint and --rpc"
              + " (default: none)")
  private @Nullable String bind;

  /// The ears of a front, to be given blocks; empty when none is wanted.
  ///
  /// @throws UserException when it could not work
  Optional<NodeFeed> feed(ClusterOptions cluster) throws UserException {
    if (bind == null) {
      return Optional.empty();
    }
    if (!cluster.joins()) {
      throw new UserException(
          "--rpc-bind needs --entrypoint HOST:PORT: leaders are found by gossip");
    }
    if (!cluster.asksRpc()) {
      throw new UserException("--rpc-bind needs --rpc URL: blockhashes come from there");
    }
    InetSocketAddress _ = address();
    return Optional.of(new NodeFeed());
  }

  /// What a front needs of the node.
  ///
  /// @param local from where to send; its port means nothing
  record Parts(
      ClusterOptions cluster,
      ClusterOptions.Setup setup,
      Optional<Membership> membership,
      TvuReceiver receiver,
      Endpoint local,
      WayOut way) {}

  /// Opens it, and says where.
  ///
  /// @throws UserException when something that it needs is not there, or does not work
  Optional<NodeFront> open(Optional<NodeFeed> feed, Parts parts, PrintWriter messages)
      throws UserException {
    if (feed.isEmpty()) {
      return Optional.empty();
    }
    Membership joined = parts.membership().orElseThrow();
    EpochFollower follower = parts.setup().follower().orElseThrow();
    feed.get().connect(() -> joined.node().contacts(), parts.receiver()::newestSlot);
    try {
      NodeFront front =
          NodeFront.open(
              parts.cluster().rpcClient(),
              plan(
                  parts,
                  parts.setup().join().orElseThrow(),
                  joined,
                  follower,
                  feed.get(),
                  messages));
      Endpoint at = Endpoint.of(front.address());
      messages.println(
          "  JSON-RPC      http://%s, subscriptions ws://%s"
              .formatted(at, at.withPort(at.port() + (address().getPort() == 0 ? 0 : 1))));
      messages.flush();
      return Optional.of(front);
    } catch (IOException | IllegalStateException | PortException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    }
  }

  private NodeFront.Plan plan(
      Parts parts,
      JoinPlan join,
      Membership joined,
      EpochFollower follower,
      NodeFeed feed,
      PrintWriter messages)
      throws UserException, IOException {
    String version = BuildVersion.version();
    return new NodeFront.Plan(
        address(),
        parts.local().withPort(0).toSocketAddress(),
        parts.way(),
        join.identity(),
        feed,
        follower.leaders(),
        new GossipNodes(
            join.identity().publicKey(),
            joined.sockets(),
            version,
            join.shredVersion(),
            () -> joined.node().contacts()),
        version,
        line -> {
          messages.println(line);
          messages.flush();
        });
  }

  private InetSocketAddress address() throws UserException {
    String text = bind == null ? "" : bind;
    try {
      return Endpoint.parse(text.contains(":") ? text : "127.0.0.1:" + text).toSocketAddress();
    } catch (IllegalArgumentException e) {
      throw new UserException("--rpc-bind: " + e.getMessage(), e);
    }
  }
}
